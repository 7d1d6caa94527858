using Parley.Sfu.Transports;

namespace Parley.Sfu.Tests.Transports;

public sealed class UfragTableTests
{
    [Fact]
    public void A_user_fragment_finds_its_owner_until_it_is_removed()
    {
        var table = new UfragTable<object>();
        object ada = new(), bob = new();

        Assert.True(table.TryAdd("abcd", ada));
        Assert.True(table.TryAdd("abcd", ada));
        Assert.False(table.TryAdd("abcd", bob));
        table.Remove("abcd", bob);
        Assert.Same(ada, table.Find("abcd"u8));
        table.Remove("abcd", ada);
        Assert.Null(table.Find("abcd"u8));
    }

    [Fact]
    public void What_cannot_be_a_user_fragment_finds_nobody()
    {
        var table = new UfragTable<object>();
        table.TryAdd("abcd", new object());

        Assert.Null(table.Find(default));
        Assert.Null(table.Find(new byte[5000]));
        Assert.Null(table.Find([0xFF, 0xFE, 0x80]));
    }
}
