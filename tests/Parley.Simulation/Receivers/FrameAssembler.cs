namespace Parley.Simulation.Receivers;

/// <summary>Puts packets together to frames: contiguous numbers from a frame's start to the packet with the marker.</summary>
public sealed class FrameAssembler
{
    private readonly ArrivedPieces _pieces;
    private readonly Findings _findings;
    private readonly string _name;

    /// <summary>Makes an assembler.</summary>
    public FrameAssembler(string name, ArrivedPieces pieces, Findings findings)
    {
        _name = name;
        _pieces = pieces;
        _findings = findings;
    }

    /// <summary>The frame that a packet completes; false when pieces are missing yet.</summary>
    public bool TryComplete(in ArrivedPiece piece, out AssembledFrame frame)
    {
        frame = default;
        ArrivedPiece first = piece;
        while (!first.IsStart)
        {
            if (first.Sequence == 0 || !_pieces.TryFind(first.Sequence - 1, out ArrivedPiece before) || before.Timestamp != piece.Timestamp)
                return false;
            first = before;
        }

        ArrivedPiece last = piece;
        while (!last.Marker)
        {
            if (!_pieces.TryFind(last.Sequence + 1, out ArrivedPiece after) || after.Timestamp != piece.Timestamp)
                return false;
            last = after;
        }

        Check(first, last);
        frame = new AssembledFrame(first.Sequence, last.Sequence, first.Timestamp, first.IsKey, first.PictureId, first.Tag);
        return true;
    }

    private void Check(in ArrivedPiece first, in ArrivedPiece last)
    {
        if (last.Sequence - first.Sequence != first.Tag.Count - 1)
            _findings.Add($"{_name}: frame {first.Tag} has {last.Sequence - first.Sequence + 1} packets");
        for (long sequence = first.Sequence; sequence <= last.Sequence; sequence++)
        {
            _pieces.TryFind(sequence, out ArrivedPiece piece);
            if (piece.Tag != first.Tag with { Index = (ushort)(sequence - first.Sequence) } || piece.PictureId != first.PictureId)
                _findings.Add($"{_name}: frame {first.Tag} holds {piece.Tag}, picture {piece.PictureId} within {first.PictureId}");
        }
    }
}
