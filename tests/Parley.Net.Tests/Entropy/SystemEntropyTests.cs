using Parley.Net.Entropy;

namespace Parley.Net.Tests.Entropy;

public sealed class SystemEntropyTests
{
    [Fact]
    public void No_draw_repeats_and_none_stays_zero_whatever_its_length()
    {
        var entropy = new SystemEntropy();
        var seen = new HashSet<string>();
        foreach (int length in Enumerable.Range(0, 400).Select(i => 16 + (i * 7 % 2000)))
        {
            byte[] drawn = new byte[length];
            entropy.Fill(drawn);
            for (int start = 0; start + 16 <= length; start += 16)
                Assert.True(seen.Add(Convert.ToHexString(drawn.AsSpan(start, 16))));
        }
    }
}
