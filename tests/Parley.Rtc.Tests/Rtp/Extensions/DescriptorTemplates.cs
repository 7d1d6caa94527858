using Parley.Rtc.Tests.Primitives;

namespace Parley.Rtc.Tests.Rtp.Extensions;

/// <summary>
/// Writes descriptors with a structure as the specification's tables give them: a template a line, "S0 T1 | -DSR | 1 | 2 3", that is layer, indications, frame distances, chain distances.
/// </summary>
internal static class DescriptorTemplates
{
    /// <summary>AV1 RTP payload specification, appendix A.10.1, L1T3 (single spatial, three temporal layers) with one chain.</summary>
    public static readonly string[] L1T3 =
    [
        "S0 T0 | SSS |  | 0",
        "S0 T0 | SSS | 4 | 4",
        "S0 T1 | -DS | 2 | 2",
        "S0 T2 | --D | 1 | 1",
        "S0 T2 | --D | 1 | 3",
    ];

    /// <summary>Two spatial layers, the upper one depending on the lower in key pictures only (the manner of L2T1_KEY).</summary>
    public static readonly string[] L2T1Key =
    [
        "S0 T0 | S- | 2 | 2 1",
        "S0 T0 | SS |  | 0 0",
        "S1 T0 | -S | 2 | 1 2",
        "S1 T0 | -S | 1 | 1 1",
    ];

    public static byte[] KeyFrame(string[] templates, int offset, int templateId, ushort frame, int targets, int chains, int[] protecting, (int Width, int Height)[]? sizes = null)
    {
        BitWriter writer = new BitWriter().Flag(true).Flag(true).Bits((ulong)templateId, 6).Bits(frame, 16).Bits(0x10, 5);
        Structure(writer, templates, offset, targets, chains, protecting, sizes);
        return writer.ToArray();
    }

    public static void Structure(BitWriter writer, string[] templates, int offset, int targets, int chains, int[] protecting, (int Width, int Height)[]? sizes)
    {
        string[][] fields = [.. templates.Select(line => line.Split('|', StringSplitOptions.TrimEntries))];
        writer.Bits((ulong)offset, 6).Bits((ulong)targets - 1, 5);
        for (int i = 0; i < fields.Length; i++)
            writer.Bits(i + 1 == fields.Length ? 3u : fields[i + 1][0] == fields[i][0] ? 0u : fields[i + 1][0][1] == fields[i][0][1] ? 1u : 2u, 2);
        foreach (string[] template in fields)
        {
            foreach (char symbol in template[1])
                writer.Bits((ulong)"-DSR".IndexOf(symbol, StringComparison.Ordinal), 2);
        }

        foreach (string[] template in fields)
        {
            foreach (ulong distance in Numbers(template[2]))
                writer.Flag(true).Bits(distance - 1, 4);
            writer.Flag(false);
        }

        writer.NonSymmetric((uint)chains, (uint)targets + 1);
        for (int i = 0; chains > 0 && i < targets; i++)
            writer.NonSymmetric((uint)protecting[i], (uint)chains);
        foreach (string[] template in fields)
        {
            foreach (ulong distance in chains == 0 ? [] : Numbers(template[3]))
                writer.Bits(distance, 4);
        }

        writer.Flag(sizes is not null);
        foreach ((int width, int height) in sizes ?? [])
            writer.Bits((ulong)width - 1, 16).Bits((ulong)height - 1, 16);
    }

    private static IEnumerable<ulong> Numbers(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => ulong.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
}
