using System.Net;
using Parley.Cli.Load.Measuring;
using Parley.Cli.Load.Media;
using Parley.Cli.Load.Peers;
using Parley.Cli.Load.Signalling;
using Parley.Dtls;
using Parley.Net.Clocks;
using Parley.Net.Entropy;
using Parley.Rtc.Primitives;
using Parley.Rtc.Sdp;
using Parley.Server.Media;
using Parley.Server.Nodes;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Nodes;

/// <summary>A publisher of video in one room and a viewer in another: real ICE, DTLS and SRTP over loopback.</summary>
internal sealed class MediaPair : IDisposable
{
    private readonly System.Security.Cryptography.ECDsa _key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
    private readonly DtlsEndpointFactory _dtls;
    private readonly LoadLoop _loop = new(IPAddress.Loopback, 2);
    private readonly StreamReceiver _receiver = new(1, new LatencyHistogram());

    private MediaPair() => _dtls = new DtlsEndpointFactory(DtlsCertificate.Create(_key));

    /// <summary>Packets that the viewer got and decrypted.</summary>
    public long Received => _receiver.Streams[0].Received;

    public static async Task<MediaPair> StartAsync(IMediaRoom publishing, IMediaRoom viewing)
    {
        MediaPair pair = new();
        LocalPeer publisher = pair.NewPeer();
        SessionDescription offer = LoadSdp.PublishOffer(publisher);
        MediaAnswer answer = await publishing.ConnectAsync(new MediaOffer { Participant = "p_ada", Sdp = offer.ToString(), Directions = MediaDirections.Publish });
        RemotePeer remote = LoadSdp.Read(answer.Sdp, publisher, offer);
        pair.Add(publisher, remote, new VideoPublisher(new VideoSource(0, 1_000_000, 30), remote.Ssrc, remote.PayloadType), null);

        LocalPeer viewer = pair.NewPeer();
        answer = await viewing.ConnectAsync(new MediaOffer
        {
            Participant = "v_bob",
            Sdp = LoadSdp.PlayOffer(viewer, 1).ToString(),
            Directions = MediaDirections.Receive,
            Mode = SubscriptionMode.Participant,
            Subject = "p_ada",
        });
        pair.Add(viewer, LoadSdp.Read(answer.Sdp, viewer), null, pair._receiver);
        return pair;
    }

    /// <summary>Waits until no packet has come for a while, and gives how long packets went on to come.</summary>
    public async Task<TimeSpan> SilenceAsync()
    {
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        long count = Received;
        TimeSpan last = TimeSpan.Zero;
        while (watch.Elapsed - last < TimeSpan.FromMilliseconds(500))
        {
            Assert.True(watch.Elapsed.TotalSeconds < 10, "Packets go on to come.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
            if (Received != count)
                (count, last) = (Received, watch.Elapsed);
        }

        return last;
    }

    public void Dispose()
    {
        _loop.Dispose();
        _key.Dispose();
    }

    private LocalPeer NewPeer()
    {
        SystemEntropy entropy = new();
        return new LocalPeer(entropy.NextIceText(8), entropy.NextIceText(24), _dtls.LocalFingerprint.ToArray());
    }

    private void Add(LocalPeer local, RemotePeer remote, VideoPublisher? publisher, StreamReceiver? receiver) =>
        _loop.Add(new LoadPeer(local, remote, _dtls, new SystemEntropy(), publisher, receiver, _loop.Wake, MonotonicClock.Shared.Now));
}
