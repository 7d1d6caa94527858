using System.Net;
using Parley.Net.Linux;
using Parley.Net.Loops;
using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;

namespace Parley.FanOut;

/// <summary>One sender, 50 receivers that are emptied outside the measured time; what is counted is what arrived.</summary>
internal sealed class FanOutMeasurement : IDisposable
{
    private const int Peers = 50;
    private const int Rounds = 7;
    private const int DatagramsPerRound = 60_000;
    private const int BufferBytes = 4 << 20;
    private static readonly SendMethod[] Methods = Enum.GetValues<SendMethod>();

    private readonly int _perFrame;
    private readonly byte[] _payload;
    private readonly LinuxUdpSocket _sender = Open();
    private readonly LinuxUdpSocket[] _receivers = [.. Enumerable.Range(0, Peers).Select(_ => Open())];
    private readonly ReceiveBatch _drain = new(new PacketPool(ReceiveBatch.Size), new LoopCounters());
    private readonly TransportAddress[] _destinations;

    public FanOutMeasurement(int length, int perFrame)
    {
        _perFrame = perFrame;
        _payload = new byte[length];
        _destinations = [.. _receivers.Select(receiver => TransportAddress.From(receiver.LocalEndPoint))];
    }

    /// <summary>Nanoseconds of the sending thread's processor time a delivered datagram, sorted, by method.</summary>
    public IReadOnlyDictionary<SendMethod, double[]> Run()
    {
        var figures = Methods.ToDictionary(method => method, _ => new double[Rounds]);
        for (int round = -1; round < Rounds; round++)
        {
            foreach (SendMethod method in Methods)
            {
                double figure = Round(method);
                if (round >= 0)
                    figures[method][round] = figure;
            }
        }

        foreach (double[] list in figures.Values)
            Array.Sort(list);
        return figures;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _sender.Dispose();
        foreach (LinuxUdpSocket receiver in _receivers)
            receiver.Dispose();
        _drain.Dispose();
    }

    private static LinuxUdpSocket Open() => LinuxUdpSocket.Open(new IPEndPoint(IPAddress.Loopback, 0), BufferBytes);

    private double Round(SendMethod method)
    {
        var counters = new LoopCounters();
        using var batch = new SendBatch<LinuxSendCalls>(new LinuxSendCalls(_sender.Descriptor), isIPv6: false, method, counters);
        long spent = 0;
        int delivered = 0;
        for (int frame = 0; frame < DatagramsPerRound / (_perFrame * Peers); frame++)
        {
            long before = ThreadClock.Nanoseconds;
            SendFrame(batch);
            spent += ThreadClock.Nanoseconds - before;
            foreach (LinuxUdpSocket receiver in _receivers)
                delivered += Drain(receiver);
        }

        if (batch.Method != method || counters.DatagramsSent != delivered)
            throw new InvalidOperationException($"{method}: {counters.DatagramsSent} sent, {delivered} delivered, {batch.Method} at the end.");
        return (double)spent / delivered;
    }

    private void SendFrame(SendBatch<LinuxSendCalls> batch)
    {
        for (int i = 0; i < _perFrame; i++)
        {
            foreach (TransportAddress destination in _destinations)
            {
                _payload.CopyTo(batch.Reserve(_payload.Length));
                batch.Commit(in destination, _payload.Length);
            }
        }

        batch.Flush();
    }

    private int Drain(LinuxUdpSocket receiver)
    {
        int received = _drain.Receive(receiver);
        for (int i = 0; i < received; i++)
            _drain.Rebind(i);
        return received;
    }
}
