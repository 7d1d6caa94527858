using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Parley.E2e.Support;

namespace Parley.E2e.Fences;

/// <summary>A newcomer with a rule of their own, as everyone concerned reads it.</summary>
public partial class NewcomerTests
{
    private const string Germany = "eu-fra";
    private const string America = "us-iad";
    private const string Singapore = "ap-sin";
    private const string Switzerland = "ch-zrh";
    private const string India = "in-bom";

    [Fact]
    public async Task A_rule_that_costs_nobody_much_takes_effect_by_itself_and_people_move()
    {
        await using NodeProcess demo = await NodeProcess.StartDemoAsync();
        using Regions regions = new(demo);
        await using Browser browser = await Browser.StartAsync();
        await using Person ada = await Person.ArriveAsync(browser, "Ada", Colour.CrimsonRed, tone: 440, place: "DE");
        await using Person ben = await Person.ArriveAsync(browser, "Ben", Colour.DeepBlue, tone: 660, place: "US");
        await using Person cleo = await Person.ArriveAsync(browser, "Cleo", Colour.LeafGreen, tone: 880, place: "FR");
        (Uri link, _) = await regions.CreateAsync(new { title = "Two continents" });
        await ada.JoinAsync(link);
        await ben.JoinAsync(link);
        await ada.SeesAsync(ben);
        Assert.Equal([Germany, America], await regions.InUseAsync(link));

        await cleo.Page.GotoAsync(link.ToString());
        await cleo.AddRuleAsync("Not through", "Countries", "United States");
        await cleo.RouteCard().SaysAsync("Takes effect before you are let in.", "1 person moves to another region; sound and pictures may pause for up to a second.", "You: not through United States");
        Task told = ben.Page.GetByText(WhyMoved()).WaitForAsync();
        await cleo.AskToEnterAsync();
        await cleo.IsInAsync();

        Assert.DoesNotContain(America, await regions.InUseAsync(link));
        await told;
        await cleo.SeesAsync(ben);
        await ben.SeesAsync(ada);
        await ada.SeesAsync(cleo);
    }

    [Fact]
    public async Task A_rule_that_costs_somebody_much_is_the_hosts_to_decide()
    {
        await using NodeProcess demo = await NodeProcess.StartDemoAsync();
        using Regions regions = new(demo);
        await using Browser browser = await Browser.StartAsync();
        await using Person ada = await Person.ArriveAsync(browser, "Ada", Colour.CrimsonRed, tone: 440, place: "SG");
        await using Person ben = await Person.ArriveAsync(browser, "Ben", Colour.DeepBlue, tone: 660, place: "SG");
        await using Person cleo = await Person.ArriveAsync(browser, "Cleo", Colour.LeafGreen, tone: 880, place: "DE");
        (Uri link, string hostKey) = await regions.CreateAsync(new { title = "Singapore" });
        await ada.JoinAsync(new($"{link}&h={hostKey}"));
        await ben.JoinAsync(link);
        await ada.SeesAsync(ben);
        Assert.Equal([Singapore, Singapore], await regions.InUseAsync(link));

        await cleo.Page.GotoAsync(link.ToString());
        await cleo.AddRuleAsync("Only within", "Countries", "Germany");
        await cleo.RouteCard().SaysAsync("A host is asked before you are let in.", "2 people move to another region; sound and pictures may pause for up to a second.");
        await cleo.AskToEnterAsync();
        await DecideAsync(ada, cleo, "Decline");
        await cleo.IsToldAsync("The host declined your rule", "You can enter without your rule, or with another one.", "You: only within Germany");
        Assert.Equal([Singapore, Singapore], await regions.InUseAsync(link));

        await cleo.PressAsync("Change my rule");
        await cleo.AskToEnterAsync();
        await cleo.Page.GetByRole(AriaRole.Main).SaysAsync("Waiting for the host");
        await DecideAsync(ada, cleo, "Accept");
        await cleo.IsInAsync();
        Assert.Equal([Germany, Germany, Germany], await regions.InUseAsync(link));
        await cleo.SeesAsync(ada);
        await ada.SeesAsync(cleo);
        await ben.SeesAsync(ada);

        await cleo.LeaveAsync();
        await ada.LeaveAsync();
        await Eventually.TrueAsync(async () => (await regions.InUseAsync(link)) is [Singapore], "Ben is back in Singapore", seen: async () => string.Join(' ', await regions.InUseAsync(link)));
        await cleo.PressAsync("Join again");
        await cleo.RouteCard().SaysAsync("Your rule needs a host's word, and no host is in the meeting", "You: only within Germany");
        await cleo.AskToEnterAsync();
        await cleo.IsToldAsync("Your rule needs a host's word, and no host is in the meeting", "Only a host may agree to that", "You: only within Germany");
        await cleo.PressAsync("Go on without my rule");
        await cleo.IsInAsync();
        await cleo.SeesAsync(ben);
    }

    [Fact]
    public async Task Whom_the_rules_leave_no_way_learns_whose_rules_these_are_and_what_to_do()
    {
        await using NodeProcess demo = await NodeProcess.StartDemoAsync();
        using Regions regions = new(demo);
        await using Browser browser = await Browser.StartAsync();
        await using Person cleo = await Person.ArriveAsync(browser, "Cleo", Colour.LeafGreen, tone: 880, place: "FR");

        (Uri german, _) = await regions.CreateAsync(new { title = "Germans", geofence = new { allow = new[] { "country:DE" } } });
        await cleo.Page.GotoAsync(german.ToString());
        await cleo.AddRuleAsync("Only within", "Countries", "France");
        string[] conflict = ["The host: only within Germany", "You: only within France"];
        await cleo.RouteCard().SaysAsync(["Your rule and this meeting's leave no region in common", .. conflict]);
        await cleo.AskToEnterAsync();
        await cleo.IsToldAsync("Your rule and this meeting's leave no region in common", conflict);
        await cleo.PressAsync("Change my rule");
        await cleo.PressAsync("Remove: Only within France");
        await cleo.RouteCard().SaysAsync("You connect in Frankfurt.");

        (Uri open, _) = await regions.CreateAsync(new { title = "Everywhere" });
        await cleo.Page.GotoAsync(open.ToString());
        string[] nothingLeft = ["You: only within Germany", "You: not through operators from Germany"];
        await cleo.AddRuleAsync("Only within", "Countries", "Germany");
        await cleo.AddRuleAsync("Not through", "Operators' countries", "Germany");
        await cleo.RouteCard().SaysAsync(["No region may carry this meeting", .. nothingLeft]);
        await cleo.AskToEnterAsync();
        await cleo.IsToldAsync("No region may carry this meeting", nothingLeft);
        await cleo.PressAsync("Go on without my rule");
        await cleo.IsInAsync();

        await cleo.Page.GotoAsync(demo.Url.ToString());
        await cleo.Page.GetByText("Choose where it may be carried").ClickAsync();
        await cleo.AddRuleAsync("Where the meeting may be carried", "Only within", "Countries", "Germany");
        await cleo.AddRuleAsync("Where the meeting may be carried", "Not through", "Operators' countries", "Germany");
        await cleo.PressAsync("Start a meeting");
        await cleo.Page.GetByRole(AriaRole.Alert).SaysAsync("No region may carry this meeting", "You: only within Germany", "You: not through operators from Germany");
    }

    [Fact]
    public async Task Who_sits_outside_of_what_a_region_serves_learns_that_it_is_about_where_they_are()
    {
        await using NodeProcess demo = await NodeProcess.StartDemoAsync();
        using Regions regions = new(demo);
        await using Browser browser = await Browser.StartAsync();
        await using Person ada = await Person.ArriveAsync(browser, "Ada", Colour.CrimsonRed, tone: 440, place: "IN");
        await using Person cleo = await Person.ArriveAsync(browser, "Cleo", Colour.LeafGreen, tone: 880, place: "DE");

        (Uri swiss, _) = await regions.CreateAsync(new { title = "Swiss", homeRegion = Switzerland });
        await cleo.Page.GotoAsync(swiss.ToString());
        await cleo.RouteCard().SaysAsync("This meeting is only for people in Switzerland", "You seem to be elsewhere.");
        await cleo.AskToEnterAsync();
        await cleo.IsToldAsync("This meeting is only for people in Switzerland", "It is kept in Zürich, which carries only meetings in which everyone is in Switzerland.", "Ask the host for a meeting that is kept in another region.");

        (Uri indian, string hostKey) = await regions.CreateAsync(new { title = "Indians", tightenLimit = 20 });
        await ada.JoinAsync(new($"{indian}&h={hostKey}"));
        Assert.Equal([India], await regions.InUseAsync(indian));
        await cleo.Page.GotoAsync(indian.ToString());
        await cleo.RouteCard().SaysAsync("A host is asked before you are let in.", "1 person moves to another region; sound and pictures may pause for up to a second.");
        await cleo.AskToEnterAsync();
        ILocator question = ada.Page.GetByRole(AriaRole.Region, new() { Name = "Cleo wants to enter from another country" });
        await question.SaysAsync("With Cleo in it, the meeting has to leave that region.", "1 person moves to another region; sound and pictures may pause for up to a second.");
        await question.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await cleo.IsInAsync();
        Assert.DoesNotContain(India, await regions.InUseAsync(indian));
        await cleo.SeesAsync(ada);
    }

    /// <summary>The home cannot be where the host started from: another front door makes the meeting, and the host keeps their power over the way there.</summary>
    [Fact]
    public async Task A_host_whose_rule_leaves_out_the_first_region_is_host_at_another_front_door()
    {
        await using NodeProcess demo = await NodeProcess.StartDemoAsync();
        using Regions regions = new(demo);
        await using Browser browser = await Browser.StartAsync();
        await using Person ada = await Person.ArriveAsync(browser, "Ada", Colour.CrimsonRed, tone: 440, place: "FR");
        await ada.Page.GotoAsync(demo.Url.ToString());
        await ada.Page.GetByText("Choose where it may be carried").ClickAsync();
        await ada.AddRuleAsync("Where the meeting may be carried", "Not through", "Countries", "Germany");
        await ada.PressAsync("Start a meeting");
        await ada.Page.WaitForURLAsync("**/m/**");
        Uri link = new(ada.Page.Url);
        Assert.NotEqual(demo.Url.Port, link.Port);
        string home = link.AbsolutePath["/m/".Length..link.AbsolutePath.LastIndexOf('-')];
        Assert.Equal(await regions.DoorAsync(home), new Uri(link.GetLeftPart(UriPartial.Authority)));
        Assert.NotEqual(Germany, home);
        await ada.RouteCard().SaysAsync("You connect in");
        await ada.AskToEnterAsync();
        await ada.IsInAsync();
        Assert.DoesNotContain(Germany, await regions.InUseAsync(link));
        Assert.Equal(["country:DE"], await regions.DeniedAsync(link));

        await ada.PressAsync("Route");
        await ada.PressAsync("Edit the fence");
        ILocator editor = ada.Page.GetByRole(AriaRole.Group, new() { Name = "Where this meeting may be carried" });
        await editor.GetByRole(AriaRole.Button, new() { Name = "Not through more" }).ClickAsync();
        await editor.GetByRole(AriaRole.Group, new() { Name = "Countries", Exact = true }).GetByRole(AriaRole.Checkbox, new() { Name = "Singapore" }).CheckAsync();
        await editor.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await ada.PressAsync("Apply");
        await Eventually.TrueAsync(
            async () => (await regions.DeniedAsync(link)).Order(StringComparer.Ordinal).SequenceEqual(["country:DE", "country:SG"]),
            "the host's change takes effect",
            seen: async () => string.Join(' ', await regions.DeniedAsync(link)));
        await ada.IsInAsync();
    }

    private static async Task DecideAsync(Person host, Person newcomer, string decision)
    {
        ILocator question = host.Page.GetByRole(AriaRole.Region, new() { Name = $"{newcomer.Name} wants to enter with a rule of their own" });
        await question.SaysAsync("Their rule: only within Germany.", "2 people move to another region; sound and pictures may pause for up to a second.");
        Assert.Matches(LongestDelay(), await question.InnerTextAsync());
        await question.GetByRole(AriaRole.Button, new() { Name = decision }).ClickAsync();
    }

    [GeneratedRegex(@"You are now connected through \w+: the fence no longer allows where you were\.")]
    private static partial Regex WhyMoved();

    [GeneratedRegex(@"Longest delay in the meeting: (≈ )?\d+ ms instead of (≈ )?\d+ ms\.")]
    private static partial Regex LongestDelay();
}
