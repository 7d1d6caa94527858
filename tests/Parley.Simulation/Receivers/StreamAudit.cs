namespace Parley.Simulation.Receivers;

/// <summary>
/// Goes over a stream in the order of its numbers, once no late packet can come any more: no timestamp falls, no piece is left out without a hole in the numbers, and each hole is counted.
/// One number is left out on purpose before the key frame at which a slot changes what it shows.
/// </summary>
public sealed class StreamAudit
{
    private readonly Findings _findings;
    private readonly string _name;
    private ArrivedPiece _last;
    private bool _hasLast;
    private int _missing;

    /// <summary>Makes the audit of a stream.</summary>
    public StreamAudit(string name, Findings findings)
    {
        _name = name;
        _findings = findings;
    }

    /// <summary>Numbers that never came, those left out on purpose not counted.</summary>
    public int Holes { get; private set; }

    /// <summary>Those of <see cref="Holes"/> that lie above <see cref="StrictFrom"/>.</summary>
    public int StrictHoles { get; private set; }

    /// <summary>From which number on there may be no hole.</summary>
    public long StrictFrom { get; set; } = long.MaxValue;

    /// <summary>Packets.</summary>
    public int Packets { get; private set; }

    /// <summary>Takes a number that never came.</summary>
    public void TakeMissing(long sequence)
    {
        _missing++;
        if (sequence > StrictFrom)
            StrictHoles++;
    }

    /// <summary>Takes the next packet.</summary>
    public void Take(in ArrivedPiece piece)
    {
        Packets++;
        bool isSwitch = piece is { IsKey: true, IsStart: true } && (!_hasLast || !piece.IsOfStreamOf(_last) || piece.Tag.Frame != _last.Tag.Frame + 1);
        if (_missing == 1 && isSwitch)
        {
            if (piece.Sequence - 1 > StrictFrom)
                StrictHoles--;
            _missing = 0;
        }

        if (_hasLast)
            Compare(piece, isSwitch);
        Holes += _missing;
        _missing = 0;
        _last = piece;
        _hasLast = true;
    }

    private void Compare(in ArrivedPiece piece, bool isSwitch)
    {
        if (piece.Timestamp < _last.Timestamp || (piece.Timestamp == _last.Timestamp && piece.IsStart))
            _findings.Add($"{_name}: timestamp {piece.Timestamp} of {piece.Sequence} {piece.Tag} after {_last.Timestamp} of {_last.Sequence} {_last.Tag}");
        if (_missing == 0 && !isSwitch && !Follows(piece))
            _findings.Add($"{_name}: {piece.Sequence} {piece.Tag} follows {_last.Sequence} {_last.Tag} without a hole");
    }

    private bool Follows(in ArrivedPiece piece)
    {
        if (!piece.IsOfStreamOf(_last))
            return false;
        return _last.Tag.Index + 1 < _last.Tag.Count
            ? piece.Tag.Frame == _last.Tag.Frame && piece.Tag.Index == _last.Tag.Index + 1
            : piece.Tag.Frame == _last.Tag.Frame + 1 && piece.Tag.Index == 0;
    }
}
