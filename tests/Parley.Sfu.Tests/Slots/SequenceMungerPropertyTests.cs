using CsCheck;
using Parley.Sfu.Slots;

namespace Parley.Sfu.Tests.Slots;

/// <summary>Random streams with loss, reordering, drops, failed sends and switches, against the plainest model: a list of what was sent.</summary>
public sealed class SequenceMungerPropertyTests
{
    private enum Step
    {
        Send,
        FailedSend,
        Drop,
        Lose,
        Late,
        Switch,
        FailedSwitch,
    }

    private static readonly Gen<(Step Kind, int Pick)[]> Steps = Gen.Select(
        Gen.Frequency(
            (8, Gen.Const(Step.Send)),
            (1, Gen.Const(Step.FailedSend)),
            (3, Gen.Const(Step.Drop)),
            (2, Gen.Const(Step.Lose)),
            (2, Gen.Const(Step.Late)),
            (1, Gen.Const(Step.Switch)),
            (1, Gen.Const(Step.FailedSwitch))),
        Gen.Int[0, 1_000_000]).Array[0, 200];

    [Fact]
    public void Reverse_of_map_is_the_source_and_the_output_has_no_needless_hole() =>
        Steps.Sample(steps =>
        {
            var run = new Run();
            foreach ((Step kind, int pick) in steps)
                run.Do(kind, pick);
            run.Check();
        }, iter: 5_000);

    private sealed class Run
    {
        private readonly SequenceMunger _munger = new(32_000, capacity: 512);
        private readonly List<(int Epoch, long Source, long Outgoing)> _sent = [];
        private readonly List<(int Epoch, long Source)> _dropped = [];
        private readonly List<long> _lost = [];
        private long _next;
        private int _epoch;
        private int _undecided;

        public void Do(Step kind, int pick)
        {
            if (kind is Step.Switch or Step.FailedSwitch)
                SwitchTo(pick, commit: kind == Step.Switch);
            else if (_epoch > 0)
                Packet(kind, pick);
        }

        private void Packet(Step kind, int pick)
        {
            switch (kind)
            {
                case Step.Send:
                    SendNew(_next++);
                    break;
                case Step.FailedSend:
                    Assert.True(_munger.TryReserve(_next, out _));
                    _lost.Add(_next++);
                    _undecided++;
                    break;
                case Step.Drop:
                    Assert.True(_munger.Drop(_next));
                    _dropped.Add((_epoch, _next++));
                    break;
                case Step.Lose:
                    _lost.Add(_next++);
                    _undecided++;
                    break;
                case Step.Late when _lost.Count > 0:
                    long late = _lost[pick % _lost.Count];
                    _lost.Remove(late);
                    Assert.True(_munger.TryReserve(late, out SequenceReservation reservation));
                    _munger.Commit(reservation);
                    _sent.Add((_epoch, late, reservation.Outgoing));
                    break;
            }
        }

        private void SendNew(long source)
        {
            Assert.True(_munger.TryReserve(source, out SequenceReservation reservation));
            Assert.True(reservation.Outgoing >= _munger.NextOutgoing);
            _munger.Commit(reservation);
            _sent.Add((_epoch, source, reservation.Outgoing));
        }

        private void SwitchTo(long source, bool commit)
        {
            SequenceReservation reservation = _munger.ReserveSwitch(source);
            if (!commit)
                return;
            Assert.Equal(_munger.NextOutgoing + (_epoch == 0 ? 0 : SequenceMunger.SwitchGap), reservation.Outgoing);
            _munger.Commit(reservation);
            _epoch++;
            _lost.Clear();
            _next = source + 1;
            _sent.Add((_epoch, source, reservation.Outgoing));
        }

        public void Check()
        {
            foreach ((int epoch, long source, long outgoing) in _sent)
            {
                Assert.True(_munger.TryReverse(outgoing, out long reversed, out int inEpoch));
                Assert.Equal((epoch, source), (inEpoch, reversed));
            }

            foreach ((int epoch, long source) in _dropped)
            {
                if (epoch == _epoch)
                    Assert.False(_munger.TryReserve(source, out _));
            }

            var ordered = _sent.OrderBy(packet => packet.Epoch).ThenBy(packet => packet.Source).Select(packet => packet.Outgoing).ToList();
            for (int i = 1; i < ordered.Count; i++)
                Assert.True(ordered[i] > ordered[i - 1]);

            // Each hole in the output is a switch's gap or a packet that nobody decided about.
            if (ordered.Count > 0)
                Assert.True(ordered[^1] - ordered[0] + 1 - ordered.Count <= _epoch - 1 + _undecided);
        }
    }
}
