using CsCheck;
using Parley.Rtc.Srtp;

namespace Parley.Rtc.Tests.Srtp;

public sealed class ReplayWindowTests
{
    [Fact]
    public void It_agrees_with_a_set_of_all_numbers_ever_seen() =>
        Gen.Int[-1_200, 1_500].Array[0, 400].Sample(
            steps =>
            {
                ReplayWindow window = new();
                HashSet<long> seen = [];
                foreach (int step in steps)
                {
                    long index = Math.Max(0, window.Highest + step);
                    SrtpResult expected = window.Highest - index >= ReplayWindow.Size ? SrtpResult.TooOld
                        : seen.Contains(index) ? SrtpResult.Replayed : SrtpResult.Ok;
                    if (window.Check(index) != expected)
                        return false;
                    if (expected == SrtpResult.Ok)
                    {
                        window.Accept(index);
                        seen.Add(index);
                    }
                }

                return true;
            },
            iter: 500,
            threads: 1);
}
