using System.Net;
using Parley.E2e.Support;

namespace Parley.E2e.Encryption;

public class SealedMeetingTests
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    /// <summary>One long meeting, since browsers are dear on two cores.</summary>
    [Fact]
    public async Task Members_see_each_other_over_changes_of_keys_and_layers_while_server_and_stranger_see_nothing()
    {
        await using NodeProcess node = await Harness.ServeAsync();
        await using Browser browser = await Browser.StartAsync();
        await using Person adasPage = await Person.ArriveAsync(browser, "Ada", Colour.CrimsonRed, tone: 440, cameraWidth: 960, cameraHeight: 540);
        await using Person bensPage = await Person.ArriveAsync(browser, "Ben", Colour.DeepBlue, tone: 660);
        await using Person evesPage = await Person.ArriveAsync(browser, "Eve", Colour.LeafGreen, tone: 880);
        await using Person player = await Person.ArriveAsync(browser, "Player", Colour.CrimsonRed, tone: 500);
        string meeting = await Harness.MakeMeetingAsync(node);
        Member[] all = [Member.Of(adasPage), Member.Of(bensPage), Member.Of(evesPage)];
        (Member ada, Member ben, Member eve) = (all[0], all[1], all[2]);
        foreach (Person page in (Person[])[adasPage, bensPage, evesPage])
            await page.Page.GotoAsync(node.Url.ToString());

        foreach (Member member in all)
            await member.JoinAsync(meeting);
        string[] ids = await ada.IsAmongAsync(3);
        foreach (Member member in all)
            await member.IsAmongAsync(3);
        await ada.SetEpochAsync(1, seed: 7, ids);
        await ben.SetEpochAsync(1, seed: 7, ids);
        await eve.SetEpochAsync(1, seed: 66, ids);

        await ada.SeesAsync(ben);
        await ben.SeesAsync(ada);
        await ada.HearsAsync();
        await Eventually.TrueAsync(
            async () => (await eve.NoticesAsync()).Any(static notice => notice is { Code: "frames-undecryptable", Why: "not-authentic" }), "Eve is told that her key is wrong", seen: eve.DescribeAsync);
        Assert.Null(await eve.LookAtAsync(ada));
        Assert.Null(await ada.LookAtAsync(eve));
        Assert.Equal(0, (await eve.CountAsync()).Opened);

        await eve.SetEpochAsync(2, seed: 7, ids);
        await ben.SetEpochAsync(2, seed: 7, ids);
        await ada.SetEpochAsync(2, seed: 7, ids);
        foreach (Member viewer in all)
        {
            foreach (Member shown in all.Where(one => one != viewer))
                await viewer.SeesAsync(shown);
        }

        await Eventually.TrueAsync(async () => (await eve.NoticesAsync()).Length == 0, "Eve's notices are gone");
        await LayersSwitchAsync(ben, ada);
        await KeysChangeUnnoticedAsync(all, ids);
        await NothingForThePlayerAsync(node, player, meeting, ada, ids);
    }

    /// <summary>The server reads sizes and key frames of sealed layers, and changes between them.</summary>
    private static async Task LayersSwitchAsync(Member viewer, Member shown)
    {
        await ReachesAsync(90, static height => height <= 135);
        await ReachesAsync(540, static height => height > 135);
        await ReachesAsync(90, static height => height <= 135);

        async Task ReachesAsync(int asked, Func<int, bool> right)
        {
            await viewer.AskForAsync(asked);
            await Eventually.TrueAsync(
                async () => await viewer.LookAtAsync(shown) is { } look && right(look.Height),
                $"{viewer.Name} gets another layer of {shown.Name}: {asked}",
                Settling,
                async () => $"{await viewer.LookAtAsync(shown)}; {await viewer.DescribeAsync()}");
            await viewer.SeesAsync(shown);
        }
    }

    private static async Task KeysChangeUnnoticedAsync(Member[] all, string[] ids)
    {
        SealedCounts before = await all[0].CountAsync();
        for (int epoch = 3; epoch < 6; epoch++)
        {
            foreach (Member member in all)
                await member.SetEpochAsync(epoch, seed: 7, ids);
            int seen = (await all[0].CountAsync()).Opened;
            await Eventually.TrueAsync(async () => (await all[0].CountAsync()).Opened > seen + 150, "frames go on");
        }

        SealedCounts after = await all[0].CountAsync();
        Assert.Equal(before.KeyFrameRequests, after.KeyFrameRequests);
        foreach (string reason in (string[])["epoch-unknown", "epoch-over", "not-authentic", "replayed", "sender-other", "malformed", "failed"])
            Assert.Equal(before.Dropped(reason), after.Dropped(reason));
    }

    /// <summary>A player without keys gets the same packets as everyone, and makes nothing of them.</summary>
    private static async Task NothingForThePlayerAsync(NodeProcess node, Person player, string meeting, Member ada, string[] ids)
    {
        string adasId = ids[^1];
        foreach (string id in ids)
        {
            if (await ada.AskAsync<bool>("([id]) => window.meeting.who().self === id", id))
                adasId = id;
        }

        await player.Page.GotoAsync(new Uri(node.Url, "/healthz").ToString());
        Resource played = (await player.Page.AskAsync<Resource>(Scripts.PlayWhep, $"/whep/{meeting}/{adasId}"))!;
        Assert.Equal((int)HttpStatusCode.Created, played.Status);
        Received? received = null;
        await Eventually.TrueAsync(
            async () => (received = await player.Page.AskAsync<Received>(ReceivedScript))!.Packets > 300, "the player gets packets", seen: () => Task.FromResult($"{received}"));
        Look? look = await player.Page.AskAsync<Look?>(Scripts.Look, "Player");
        Assert.False(look?.Is(ada.Colour) ?? false, $"{look}");
    }

    private const string ReceivedScript = """
        async () => {
          const peer = window.__peers.findLast(p => p.connectionState === 'connected');
          const found = peer ? [...(await peer.getStats()).values()].find(r => r.type === 'inbound-rtp' && r.kind === 'video') : null;
          return { packets: found?.packetsReceived ?? 0, decoded: found?.framesDecoded ?? 0 };
        }
        """;

    private sealed record Received(int Packets, int Decoded);
}
