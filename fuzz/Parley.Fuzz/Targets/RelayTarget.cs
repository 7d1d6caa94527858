using Parley.Rtc.Rtcp;
using Parley.Sfu.Relays;

namespace Parley.Fuzz.Targets;

/// <summary>The messages of relay links, within the RTCP compound that carries them.</summary>
internal static class RelayTarget
{
    // Each entry takes five bytes at least.
    private const int MostEntries = 30_000;

    public static void Run(byte[] input)
    {
        RtcpReader reader = new(input);
        while (reader.MoveNext())
        {
            if (!ApplicationView.TryRead(reader.Current, out ApplicationView message))
                continue;
            WalkStatuses(message.Data);
            if (RelayChangesHeader.TryRead(message.Data, out RelayChangesHeader header))
                WalkChanges(header, message.Data[RelayChangesHeader.Length..]);
        }
    }

    private static void WalkStatuses(ReadOnlySpan<byte> data)
    {
        Span<byte> again = stackalloc byte[RelayStatus.Length];
        for (; data.Length >= RelayStatus.Length; data = data[RelayStatus.Length..])
        {
            RelayStatus.Read(data).Write(again);
            if (!again.SequenceEqual(data[..RelayStatus.Length]))
                throw new InvalidOperationException("A status is not written as it was read.");
        }
    }

    private static void WalkChanges(in RelayChangesHeader header, ReadOnlySpan<byte> entries)
    {
        RelayChangesReader reader = new(entries);
        int count = 0;
        while (reader.MoveNext())
        {
            if (++count > MostEntries)
                throw new InvalidOperationException($"{entries.Length} bytes say {count} things.");
            if (reader.Kind == RelayChangeKind.Offer)
                WriteAgain(header, reader.ReadOffer());
        }
    }

    // Whatever was accepted can be passed on to the next shard.
    private static void WriteAgain(in RelayChangesHeader header, RelayOffer offer)
    {
        RelayChangesWriter writer = new(new byte[2_048]);
        if (!writer.TryWrite(offer) && System.Text.Encoding.UTF8.GetByteCount(offer.Source.Participant) <= RelayLimits.ParticipantBytes)
            throw new InvalidOperationException("An offer that was read cannot be written.");
        _ = writer.Finish(header);
    }
}
