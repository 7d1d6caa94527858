using CsCheck;

namespace Parley.Server.Tests.Encryption;

public class DeliveryHistoryTests
{
    private const int MostPeople = 8;

    [Fact]
    public void Whatever_happens_everyone_ends_in_one_group() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[0, 9].Array[5, 40]).Sample((seed, history) =>
        {
            SimulatedMeeting meeting = new(seed) { Latency = 1 + (seed % 300), Slowness = 2 + (seed % 1500) };
            foreach (int what in history)
            {
                Happen(meeting, what);
                meeting.Run(meeting.Chance(1500));
            }

            meeting.Settle();
        }, iter: 400);

    [Fact]
    public void A_hundred_who_come_at_once_are_in_within_ten_seconds()
    {
        SimulatedMeeting meeting = new(1) { Slowness = 600 };
        for (int i = 0; i < 100; i++)
            meeting.Join();
        meeting.Run(10_000);
        Assert.All(meeting.People, member => Assert.NotNull(member.State));
        Assert.InRange(meeting.Service.Position.Epoch, 1, 12);
        meeting.Settle();
    }

    private static void Happen(SimulatedMeeting meeting, int what)
    {
        switch (what)
        {
            case 0 or 1 when meeting.People.Count < MostPeople:
                meeting.Join();
                break;
            case 2 when meeting.Any(static _ => true) is { } leaver:
                meeting.Leave(leaver);
                break;
            case 3 when meeting.Any(static member => member.IsConnected) is { } lost:
                meeting.Lose(lost);
                break;
            case 4 when meeting.Any(static member => !member.IsConnected) is { } back:
                meeting.Return(back, keepsState: true);
                break;
            case 5 when meeting.Any(static _ => true) is { } reloaded:
                meeting.Return(reloaded, keepsState: false);
                break;
            case 6 when meeting.Any(static member => member.State is not null && member.IsConnected) is { } updating:
                updating.Update();
                break;
            case 7 when meeting.Any(static _ => true) is { } suspended:
                suspended.IsStuck = !suspended.IsStuck;
                break;
            case 8 when meeting.Chance(4) == 0:
                meeting.Crash();
                break;
        }
    }
}
