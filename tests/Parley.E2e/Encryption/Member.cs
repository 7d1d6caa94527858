using System.Text.Json;
using Parley.E2e.Firefox;
using Parley.E2e.Support;

namespace Parley.E2e.Encryption;

/// <summary>Someone in a meeting through the harness page, whose keys the test gives.</summary>
internal sealed class Member(string name, Colour colour, Func<string, string[], Task<JsonElement>> ask)
{
    private readonly Func<string, string[], Task<JsonElement>> _ask = ask;

    public string Name { get; } = name;

    public Colour Colour { get; } = colour;

    public static Member Of(Person person) =>
        new(person.Name, person.Colour, (script, arguments) => person.Page.AskAsync<JsonElement>(script, arguments));

    public static Member Of(FirefoxPage page, string name, Colour colour) =>
        new(name, colour, (script, arguments) => page.AskAsync<JsonElement>(script, arguments));

    public async Task JoinAsync(string meeting, string codec = "")
    {
        await Eventually.TrueAsync(() => AskAsync<bool>("() => !!window.harness"), "the page is loaded");
        await AskAsync<bool>("([meeting, name, codec]) => { window.meeting = new harness.Meeting(meeting, name, codec); return true; }", meeting, Name, codec);
    }

    /// <summary>Waits until so many are in the meeting; everyone's ids, in an order that is the same for all.</summary>
    public async Task<string[]> IsAmongAsync(int count)
    {
        Who? who = null;
        await Eventually.TrueAsync(
            async () => (who = await AskAsync<Who>("() => window.meeting.who()"))!.All.Length == count && who.Self is not null,
            $"{Name} is in a meeting of {count}",
            seen: () => Task.FromResult($"{who?.Problem}, {who?.All.Length}"));
        return who!.All;
    }

    /// <summary>Gives this page the keys of an epoch; <paramref name="seed"/> stands for what only the members know.</summary>
    public Task SetEpochAsync(int epoch, int seed, string[] members) => AskAsync<bool>(
        "([epoch, seed, members]) => { window.meeting.setEpoch(Number(epoch), Number(seed), JSON.parse(members)); return true; }",
        $"{epoch}", $"{seed}", JsonSerializer.Serialize(members));

    /// <summary>Waits until the other's picture plays here, in its colour.</summary>
    public async Task SeesAsync(Member other)
    {
        double? first = null;
        Look? last = null;
        await Eventually.TrueAsync(
            async () =>
            {
                last = await AskAsync<Look?>(Scripts.Look, other.Name);
                if (last is null || !last.Is(other.Colour))
                    return false;
                first ??= last.Time;
                return last.Time > first;
            },
            $"{Name} sees {other.Name} in {other.Colour}, moving",
            seen: async () => $"{last}; {await DescribeAsync()}");
    }

    public Task<Look?> LookAtAsync(Member other) => AskAsync<Look?>(Scripts.Look, other.Name);

    public async Task HearsAsync()
    {
        double before = (await AskAsync<Sound>(Scripts.Hear))!.Energy;
        await Eventually.TrueAsync(async () => (await AskAsync<Sound>(Scripts.Hear))!.Energy > before + 0.001, $"{Name} hears somebody", seen: DescribeAsync);
    }

    public async Task<SealedCounts> CountAsync() => (await AskAsync<SealedCounts>("() => window.meeting.statistics()"))!;

    public async Task<SealedNotice[]> NoticesAsync() => (await AskAsync<SealedNotice[]>("() => window.meeting.notices()"))!;

    /// <summary>Asks for the others' pictures at this height.</summary>
    public Task AskForAsync(int height) => AskAsync<bool>("([height]) => { window.meeting.ask(Number(height)); return true; }", $"{height}");

    public async Task<T?> AskAsync<T>(string script, params string[] arguments) =>
        (await _ask(script, arguments)).Deserialize<T>(JsonSerializerOptions.Web);

    public async Task<string> DescribeAsync() => JsonSerializer.Serialize(await CountAsync());

    private sealed record Who(string? Self, string[] All, string? Problem);
}
