using Parley.Server.Encryption;
using Parley.Server.Encryption.Calls;
using Parley.Server.Encryption.Events;

namespace Parley.Server.Tests.Encryption;

public class DeliveryServiceTests
{
    private readonly SimulatedMeeting _meeting = new(7);

    [Fact]
    public void The_first_one_makes_the_group_and_the_second_is_added_without_waiting()
    {
        SimulatedMember ada = _meeting.Join();
        Assert.Equal((0L, $"{ada.Generation}"), (ada.Epoch, ada.State));
        SimulatedMember bob = _meeting.Join();
        _meeting.Run(300);
        Assert.Equal(1, bob.Epoch);
        Assert.Equal(ada.State, bob.State);
        Assert.Equal(new GroupConfirmed(ada.Generation, 1, 2, 2), ada.Told.OfType<GroupConfirmed>().Last());
    }

    [Fact]
    public void Those_who_come_together_come_in_with_one_commit()
    {
        _meeting.Join();
        _meeting.Join();
        _meeting.Run(1000);
        for (int i = 0; i < 5; i++)
            _meeting.Join();
        _meeting.Run(3000);
        Assert.Equal(7, _meeting.People.Count);
        Assert.InRange(_meeting.Service.Position.Epoch, 2, 3);
    }

    [Fact]
    public void A_leaver_is_out_within_two_seconds_even_when_the_first_committer_is_suspended()
    {
        SimulatedMember ada = _meeting.Join();
        SimulatedMember bob = _meeting.Join();
        SimulatedMember cleo = _meeting.Join();
        _meeting.Run(2000);
        ada.IsStuck = true;
        _meeting.Leave(cleo);
        _meeting.Run(1500);
        Assert.Equal([cleo.Id], bob.Told.OfType<GroupWork>().Last().Remove);
        Assert.Equal(_meeting.Service.Position.Epoch, bob.Epoch);
        Assert.NotEqual(cleo.Epoch, bob.Epoch);

        // Who did not answer is not waited for a second time.
        SimulatedMember dora = _meeting.Join();
        _meeting.Run(500);
        Assert.Equal(bob.State, dora.State);
        ada.IsStuck = false;
        _meeting.Settle();
    }

    [Fact]
    public void The_first_commit_of_an_epoch_wins()
    {
        SimulatedMember ada = _meeting.Join();
        SimulatedMember bob = _meeting.Join();
        _meeting.Run(1000);
        CommitGroup one = new() { Generation = ada.Generation, Epoch = ada.Epoch, Commit = "one" };
        Assert.Null(_meeting.Try(ada.Id, one));
        Assert.Equal("commit-stale", _meeting.Try(bob.Id, one with { Commit = "other" }));
        _meeting.Run(200);
        Assert.EndsWith(".one", bob.State, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_commits_what_it_was_not_asked_for()
    {
        SimulatedMember ada = _meeting.Join();
        SimulatedMember bob = _meeting.Join();
        _meeting.Run(1000);
        CommitGroup commit = new() { Generation = ada.Generation, Epoch = ada.Epoch, Commit = "c", Welcome = "w" };
        Assert.Equal("commit-unasked", _meeting.Try(ada.Id, commit with { Removed = [bob.Id] }));
        Assert.Equal("commit-unasked", _meeting.Try(ada.Id, commit with { Added = ["p_ghost"] }));
        Assert.Equal("commit-unasked", _meeting.Try(ada.Id, commit with { Added = [bob.Id] }));
        Assert.Equal("generation-stale", _meeting.Try(ada.Id, commit with { Generation = 1 }));
        Assert.Equal(1, _meeting.Service.Position.Epoch);
    }

    [Fact]
    public void A_page_that_lost_its_state_goes_out_and_comes_in_with_one_commit()
    {
        SimulatedMember ada = _meeting.Join();
        SimulatedMember bob = _meeting.Join();
        _meeting.Run(1000);
        long before = ada.Epoch;
        _meeting.Return(bob, keepsState: false);
        _meeting.Run(1000);
        Assert.Equal(before + 1, ada.Epoch);
        Assert.Equal(ada.State, bob.State);
        GroupWork work = ada.Told.OfType<GroupWork>().Last();
        Assert.Equal([bob.Id], work.Remove);
        Assert.Equal(bob.Id, Assert.Single(work.Add).Participant);
    }

    [Fact]
    public void A_lost_connection_takes_the_commits_since()
    {
        SimulatedMember ada = _meeting.Join();
        SimulatedMember bob = _meeting.Join();
        _meeting.Run(1000);
        _meeting.Lose(bob);
        ada.Update();
        _meeting.Join();
        _meeting.Run(1000);
        Assert.True(bob.Epoch < ada.Epoch);
        string before = bob.State!;
        _meeting.Return(bob, keepsState: true);
        Assert.Equal(ada.State, bob.State);
        Assert.StartsWith(before, bob.State, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_comes_back_too_late_for_the_kept_commits_is_added_anew()
    {
        SimulatedMember ada = _meeting.Join();
        SimulatedMember bob = _meeting.Join();
        _meeting.Run(1000);
        _meeting.Lose(bob);
        for (int i = 0; i <= DeliveryLimits.LogLength; i++)
        {
            ada.Update();
            _meeting.Run(1000);
        }

        _meeting.Return(bob, keepsState: true);
        _meeting.Run(1000);
        Assert.Equal(ada.State, bob.State);
        Assert.Equal(0, bob.Restarts);
    }

    [Fact]
    public void When_everyone_reloads_there_is_another_group()
    {
        SimulatedMember ada = _meeting.Join();
        SimulatedMember bob = _meeting.Join();
        _meeting.Run(1000);
        long before = ada.Generation;
        _meeting.Return(ada, keepsState: false);
        _meeting.Return(bob, keepsState: false);
        _meeting.Run(1000);
        Assert.True(ada.Generation > before);
        Assert.Equal((ada.Generation, ada.State), (bob.Generation, bob.State));
    }

    [Fact]
    public void A_newcomer_does_not_wait_forever_for_a_member_without_connection()
    {
        SimulatedMember ada = _meeting.Join();
        _meeting.Run(1000);
        _meeting.Lose(ada);
        SimulatedMember bob = _meeting.Join();
        _meeting.Run(DeliveryLimits.LossPatience - 500);
        Assert.Null(bob.State);
        _meeting.Run(1000);
        Assert.NotNull(bob.State);
        _meeting.Return(ada, keepsState: true);
        _meeting.Run(1000);
        Assert.Equal(bob.State, ada.State);
    }

    [Fact]
    public void After_a_crash_of_the_node_generations_go_on_rising()
    {
        SimulatedMember ada = _meeting.Join();
        SimulatedMember bob = _meeting.Join();
        _meeting.Run(1000);
        long before = ada.Generation;
        _meeting.Crash();
        _meeting.Run(1000);
        Assert.True(ada.Generation > before);
        Assert.Equal(ada.State, bob.State);
    }

    [Fact]
    public void Whom_all_members_refuse_is_taken_out_and_holds_up_nobody()
    {
        SimulatedMember ada = _meeting.Join();
        SimulatedMember bob = _meeting.Join();
        _meeting.Run(1000);
        SimulatedMember mallory = _meeting.Join();
        ada.Refuses.Add(mallory.Id);
        bob.Refuses.Add(mallory.Id);
        SimulatedMember cleo = _meeting.Join();
        _meeting.Run(1000);
        Assert.Equal([(mallory.Id, "secret-wrong")], _meeting.Expelled);
        Assert.Equal(ada.State, cleo.State);
    }

    [Fact]
    public void One_member_alone_keeps_nobody_out()
    {
        SimulatedMember ada = _meeting.Join();
        SimulatedMember bob = _meeting.Join();
        _meeting.Run(1000);
        SimulatedMember cleo = _meeting.Join();
        ada.Refuses.Add(cleo.Id);
        _meeting.Run(1000);
        Assert.Empty(_meeting.Expelled);
        Assert.Equal(bob.State, cleo.State);
    }

    [Fact]
    public void Who_offers_no_keys_is_taken_out()
    {
        SimulatedMember ada = _meeting.Join();
        _meeting.Service.Enter("p_mute", 1_000_000, null, new(_meeting.Now, 0));
        _meeting.Run(DeliveryLimits.KeyPackagePatience + 500);
        while (_meeting.Service.TryTake(out _))
            Assert.Fail("Everything is taken by the meeting.");
        Assert.NotNull(ada.State);
        Assert.Equal(1, _meeting.Unclaimed["key-package-missing"]);
    }

    [Fact]
    public void Messages_go_to_members_only_and_not_back()
    {
        SimulatedMember ada = _meeting.Join();
        SimulatedMember bob = _meeting.Join();
        _meeting.Run(1000);
        SendToGroup message = new() { Generation = ada.Generation, Epoch = ada.Epoch, Message = "m" };
        Assert.Null(_meeting.Try(ada.Id, message));
        _meeting.Run(100);
        Assert.Equal("m", Assert.Single(bob.Told.OfType<GroupMessage>()).Message);
        Assert.Empty(ada.Told.OfType<GroupMessage>());

        ada.Update();
        ada.Update();
        _meeting.Run(100);
        Assert.Equal("message-stale", _meeting.Try(ada.Id, message));
        _meeting.Service.Enter("p_new", 1_000_000, null, new(_meeting.Now, 0));
        Assert.Equal("not-a-member", _meeting.Try("p_new", message with { Epoch = ada.Epoch }));
        _meeting.Leave(bob);
        Assert.Equal("not-joined", _meeting.Try(bob.Id, message));
    }

    [Fact]
    public void Who_floods_is_refused()
    {
        SimulatedMember ada = _meeting.Join();
        string[] refusals = [.. Enumerable.Range(0, 40).Select(_ => _meeting.Try(ada.Id, new SendToGroup { Generation = ada.Generation, Epoch = 0, Message = new string('m', 16 * 1024) }) ?? "")];
        Assert.Equal(16, refusals.Count(static code => code == ""));
        Assert.All(refusals[16..], code => Assert.Equal("rate-limited", code));
        for (int i = 0; i < 3; i++)
            ada.Update();
        Assert.Equal("rate-limited", _meeting.Try(ada.Id, new CommitGroup { Generation = ada.Generation, Epoch = ada.Epoch, Commit = "c" }));
    }
}
