using Parley.Net.Addresses;

namespace Parley.Net.Tests.Addresses;

public sealed class CandidateAddressesTests
{
    private static readonly IPAddress Four = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Six = IPAddress.Parse("2001:db8::1");

    [Fact]
    public void A_wildcard_has_IPv4_before_IPv6_without_loopback_and_link_local() =>
        Assert.Equal([Four, Six], CandidateAddresses.Choose(
            IPAddress.IPv6Any,
            [IPAddress.Loopback, IPAddress.IPv6Loopback, Six, IPAddress.Parse("fe80::1"), IPAddress.Parse("169.254.3.4"), Four, Four]));

    [Fact]
    public void An_IPv4_wildcard_has_no_IPv6() => Assert.Equal([Four], CandidateAddresses.Choose(IPAddress.Any, [Six, Four]));

    [Fact]
    public void Loopback_is_taken_when_there_is_no_other() =>
        Assert.Equal([IPAddress.Loopback], CandidateAddresses.Choose(IPAddress.Any, [IPAddress.IPv6Loopback, IPAddress.Loopback]));

    [Fact]
    public void A_bound_address_stands_for_itself()
    {
        Assert.Equal([IPAddress.Loopback], CandidateAddresses.List(IPAddress.Loopback));
        Assert.Equal([Six], CandidateAddresses.List(Six, []));
    }

    [Fact]
    public void Announced_addresses_replace_all_others() => Assert.Equal([Four], CandidateAddresses.List(IPAddress.Any, [Four]));

    [Fact]
    public void This_machine_has_one() => Assert.NotEmpty(CandidateAddresses.List(IPAddress.Any));
}
