using Parley.Cli.Load.Measuring;
using Parley.Cli.Load.Media;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Rtc.Srtp;

namespace Parley.Cli.Load.Peers;

/// <summary>Decrypts what a subscriber receives and measures each publisher's stream by the stamps in its packets.</summary>
public sealed class StreamReceiver
{
    private readonly StreamMeter[] _streams;
    private readonly LatencyHistogram _latency;

    /// <summary>Makes a receiver for publishers 0 to <paramref name="publishers"/> - 1; delays go into <paramref name="latency"/>, shared by all of a thread's receivers.</summary>
    public StreamReceiver(int publishers, LatencyHistogram latency)
    {
        _streams = [.. Enumerable.Range(0, publishers).Select(static _ => new StreamMeter())];
        _latency = latency;
    }

    /// <summary>The streams by publisher; one that is not watched stays empty.</summary>
    public IReadOnlyList<StreamMeter> Streams => _streams;

    /// <summary>Told of each packet that was decrypted, and when it came; null: nobody wants to know.</summary>
    public Action<PacketStamp, MonotonicTime>? Heard { get; init; }

    /// <summary>Begins the measured time anew.</summary>
    public void Clear()
    {
        foreach (StreamMeter stream in _streams)
            stream.Clear();
    }

    /// <summary>Takes an SRTP packet.</summary>
    public void HandleRtp(Span<byte> datagram, SrtpInbound srtp, MonotonicTime now)
    {
        if (!RtpHeaderView.TryParseHeader(datagram, out RtpHeaderView header)
            || srtp.UnprotectRtp(datagram, header.HeaderLength, out int length, out _) != SrtpResult.Ok
            || !RtpHeaderView.TryParse(datagram[..length], out RtpHeaderView plain)
            || !PacketStamp.TryRead(plain.Payload, out PacketStamp stamp)
            || (uint)stamp.Stream >= (uint)_streams.Length)
            return;
        Heard?.Invoke(stamp, now);
        if (_streams[stamp.Stream].Add(stamp))
            _latency.Add(now.Microseconds - stamp.SentMicroseconds);
    }
}
