using System.Runtime.CompilerServices;

namespace Parley.Simulation.Publishers;

/// <summary>A publisher's history: the last packets of a layer, to be sent again when asked for.</summary>
public sealed class SentPieces
{
    private const int Capacity = 512;

    private readonly SentPiece[] _pieces = new SentPiece[Capacity];
    private long _highest = -1;

    /// <summary>Adds the next packet.</summary>
    public void Add(in SentPiece piece)
    {
        _highest = piece.Sequence;
        _pieces[piece.Sequence % Capacity] = piece;
    }

    /// <summary>Finds a packet by the 16 bits of its number; a null reference when it is not kept.</summary>
    public ref SentPiece Find(ushort sequence)
    {
        long extended = _highest + (short)(ushort)(sequence - (ushort)_highest);
        if (extended < 0 || extended > _highest)
            return ref Unsafe.NullRef<SentPiece>();
        ref SentPiece piece = ref _pieces[extended % Capacity];
        if (piece.Sequence != extended || piece.Piece.Length == 0)
            return ref Unsafe.NullRef<SentPiece>();
        return ref piece;
    }
}
