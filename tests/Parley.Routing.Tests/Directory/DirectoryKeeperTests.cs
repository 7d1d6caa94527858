using System.Security.Cryptography;
using Parley.Routing.Directory;
using Parley.Routing.Tests.Routes;

namespace Parley.Routing.Tests.Directory;

public sealed class DirectoryKeeperTests : IDisposable
{
    private const long Now = 1_800_000_000;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void A_newer_version_replaces_an_older_one_and_never_the_other_way()
    {
        DirectoryKeeper keeper = new(_key);
        string second = Text(2);
        Assert.Null(keeper.Accept(second, Now));
        Assert.Equal("Version 1 of the directory does not follow version 2, which was seen before.", keeper.Accept(Text(1), Now));
        Assert.Null(keeper.Accept(second, Now));
        Assert.NotNull(keeper.Accept(Text(2), Now));
        Assert.Null(keeper.Accept(Text(3), Now));
        Assert.Equal(3, keeper.Current!.Version);
    }

    [Fact]
    public void An_expired_one_is_not_believed_and_clocks_may_be_90_seconds_apart()
    {
        DirectoryKeeper keeper = new(_key);
        string text = Text(1, expires: Now + 100);
        Assert.Equal("Version 1 of the directory has expired.", keeper.Accept(text, Now + 191));
        Assert.Null(keeper.Accept(text, Now + 190));
        Assert.True(keeper.IsCurrentAt(Now + 190));
        Assert.False(keeper.IsCurrentAt(Now + 191));
    }

    [Fact]
    public void One_from_the_future_is_not_believed()
    {
        DirectoryKeeper keeper = new(_key);
        Assert.Equal("Version 1 of the directory is from the future.", keeper.Accept(Text(1), Now - 1_091));
        Assert.Null(keeper.Accept(Text(1), Now - 1_090));
    }

    [Fact]
    public void A_refused_one_changes_nothing()
    {
        DirectoryKeeper keeper = new(_key);
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal("The directory is not signed by the operator key.", keeper.Accept(DirectorySigner.Sign(Worlds.Make(Worlds.Frankfurt), other), Now));
        Assert.Null(keeper.Current);
        Assert.False(keeper.IsCurrentAt(Now));
    }

    private string Text(long version, long expires = 0) => DirectorySigner.Sign(Worlds.Make(Worlds.Frankfurt) with { Version = version, Expires = expires }, _key);
}
