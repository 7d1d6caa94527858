using CsCheck;
using Parley.Server.Meetings;
using Parley.Server.Nodes;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Meetings;

public class RosterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_order_of_joining_only_rises() => Gen.Int[-5_000, 5_000].Array[1, 30].Sample(
        jumps =>
        {
            // The clock may be set back: the order may not.
            Roster roster = new();
            long last = long.MinValue;
            for (int i = 0; i < jumps.Length; i++)
            {
                long since = roster.NextSince(Noon.AddMilliseconds(jumps[i]));
                Assert.True(since > last);
                roster.Add(new Participant { Country = "ZZ", Id = $"p{i}", Name = "x", Since = since, Shown = true });
                last = since;
            }

            Assert.Equal(Enumerable.Range(0, jumps.Length).Select(i => $"p{i}"), roster.Infos().Select(info => info.Id));
        },
        iter: 200);

    [Fact]
    public void Only_those_lost_long_enough_have_expired()
    {
        Roster roster = new();
        roster.Add(new Participant { Country = "ZZ", Id = "here", Name = "x", Since = 1 });
        roster.Add(new Participant { Country = "ZZ", Id = "lost", Name = "x", Since = 2, LostAt = Noon });
        TimeSpan window = TimeSpan.FromSeconds(60);
        Assert.Empty(roster.Expired(Noon.AddSeconds(59.9), window));
        Assert.Equal("lost", Assert.Single(roster.Expired(Noon.AddSeconds(60), window)).Id);
    }

    [Fact]
    public void A_participant_is_found_by_each_of_its_transports()
    {
        Roster roster = new();
        Participant ada = new() { Country = "ZZ", Id = "ada", Name = "x", Since = 1 };
        roster.Add(ada);
        ada.Replace(new MediaTransport("n", new TransportId(1)));
        ada.Replace(new MediaTransport("n", new TransportId(2)));
        Assert.Same(ada, roster.Find(new MediaTransport("n", new TransportId(1))));
        Assert.Same(ada, roster.Find(new MediaTransport("n", new TransportId(2))));
        Assert.False(ada.Forget(new MediaTransport("n", new TransportId(1))));
        Assert.Null(roster.Find(new MediaTransport("n", new TransportId(1))));
        Assert.Empty(ada.TakeRetired());
        Assert.True(ada.Forget(new MediaTransport("n", new TransportId(2))));
        Assert.Null(ada.Transport);
    }
}
