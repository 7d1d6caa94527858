namespace Parley.Simulation.Receivers;

/// <summary>The last packets of a stream by number. What falls out of it goes to the <see cref="StreamAudit"/> in order.</summary>
public sealed class ArrivedPieces
{
    private const int Capacity = 1024;

    private readonly ArrivedPiece[] _pieces = new ArrivedPiece[Capacity];
    private readonly StreamAudit _audit;
    private long _audited = -1;

    /// <summary>Makes an empty store.</summary>
    public ArrivedPieces(StreamAudit audit) => _audit = audit;

    /// <summary>The highest number; -1 before the first.</summary>
    public long Highest { get; private set; } = -1;

    /// <summary>Adds a packet; false when it is there already or too old to matter.</summary>
    public bool TryAdd(in ArrivedPiece piece)
    {
        if (Highest < 0)
            _audited = piece.Sequence - 1;
        if (piece.Sequence <= _audited || TryFind(piece.Sequence, out _))
            return false;
        if (piece.Sequence > Highest)
        {
            Audit(piece.Sequence - Capacity);
            Highest = piece.Sequence;
        }

        _pieces[piece.Sequence % Capacity] = piece;
        return true;
    }

    /// <summary>Finds a packet.</summary>
    public bool TryFind(long sequence, out ArrivedPiece piece)
    {
        piece = _pieces[sequence % Capacity];
        return piece.Sequence == sequence && piece.Tag.Count != 0;
    }

    /// <summary>Hands over everything, at the end of a run.</summary>
    public void Finish() => Audit(Highest);

    private void Audit(long upTo)
    {
        while (_audited < upTo)
        {
            if (TryFind(++_audited, out ArrivedPiece piece))
                _audit.Take(piece);
            else
                _audit.TakeMissing(_audited);
        }
    }
}
