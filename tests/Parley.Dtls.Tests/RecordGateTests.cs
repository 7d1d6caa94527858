using CsCheck;

namespace Parley.Dtls.Tests;

public sealed class RecordGateTests
{
    private const byte KeyExchange = 16;
    private const byte CertificateVerify = 15;

    [Fact]
    public void All_in_one_datagram_passes_whole()
    {
        RecordGate gate = new(awaitCertificateVerify: true);
        byte[] datagram = [.. Message(KeyExchange, 66, 0, 66), .. Message(CertificateVerify, 70, 0, 70), .. ChangeCipherSpec, .. Finished];
        Assert.Equal(datagram.Length, gate.Admit(datagram));
        Assert.Equal(ChangeCipherSpec.Length, gate.Admit(ChangeCipherSpec));
    }

    [Fact]
    public void ChangeCipherSpec_and_what_follows_waits_for_CertificateVerify()
    {
        RecordGate gate = new(awaitCertificateVerify: true);
        byte[] exchange = Message(KeyExchange, 66, 0, 66);
        Assert.Equal(exchange.Length, gate.Admit([.. exchange, .. ChangeCipherSpec, .. Finished]));
        Assert.Equal(0, gate.Admit(ChangeCipherSpec));
        Assert.Equal(0, gate.Admit(Finished));
        byte[] verify = Message(CertificateVerify, 70, 0, 70);
        Assert.Equal(verify.Length, gate.Admit(verify));
        Assert.Equal(ChangeCipherSpec.Length, gate.Admit(ChangeCipherSpec));
        Assert.Equal(Finished.Length, gate.Admit(Finished));
    }

    [Fact]
    public void Half_a_CertificateVerify_does_not_open()
    {
        RecordGate gate = new(awaitCertificateVerify: true);
        byte[] second = Message(CertificateVerify, 70, 40, 30), first = Message(CertificateVerify, 70, 0, 40);
        Assert.Equal(second.Length, gate.Admit([.. second, .. ChangeCipherSpec]));
        Assert.Equal(first.Length, gate.Admit([.. first, .. ChangeCipherSpec]));
        Assert.Equal(second.Length + ChangeCipherSpec.Length, gate.Admit([.. second, .. ChangeCipherSpec]));
    }

    [Fact]
    public void A_client_waits_for_no_CertificateVerify_but_refuses_stunted_records_too()
    {
        RecordGate gate = new(awaitCertificateVerify: false);
        Assert.Equal(ChangeCipherSpec.Length + Finished.Length, gate.Admit([.. ChangeCipherSpec, .. Finished]));
        byte[] stunted = [21, 0xFE, 0xFD, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 2, 40];
        Assert.Equal(Finished.Length, gate.Admit([.. Finished, .. stunted]));
        Assert.Equal(0, gate.Admit(stunted));
        Assert.Equal(0, gate.Admit(Finished.AsSpan(0, 20)));
    }

    [Fact]
    public void Any_bytes_are_followed_without_an_exception() =>
        Gen.Byte.Array[0, 100].Array[1, 5].Sample(
            datagrams =>
            {
                RecordGate gate = new(awaitCertificateVerify: true);
                return datagrams.All(datagram =>
                {
                    if (datagram.Length > 14)
                    {
                        datagram[0] = 22;
                        datagram[3] = datagram[4] = datagram[11] = 0;
                        datagram[13] = CertificateVerify;
                    }

                    int admitted = gate.Admit(datagram);
                    return admitted >= 0 && admitted <= datagram.Length;
                });
            },
            iter: 500,
            threads: 1);

    private static byte[] ChangeCipherSpec => [20, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 9, 0, 1, 1];

    private static byte[] Finished => [22, 0xFE, 0xFD, 0, 1, 0, 0, 0, 0, 0, 0, 0, 40, .. new byte[40]];

    private static byte[] Message(byte type, byte total, byte start, byte length) =>
        [22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 5, 0, (byte)(12 + length), type, 0, 0, total, 0, 3, 0, 0, start, 0, 0, length, .. new byte[length]];
}
