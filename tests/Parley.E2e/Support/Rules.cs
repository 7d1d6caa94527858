using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Parley.E2e.Support;

/// <summary>What a person does about their own rule before a meeting, and what they read of it, by the accessible names.</summary>
internal static partial class Rules
{
    /// <summary>The card that says where a meeting is and what the own rule would change.</summary>
    public static ILocator RouteCard(this Person person) => person.Page.GetByRole(AriaRole.Region, new() { Name = "Where this meeting is" });

    /// <summary>Adds to the own rule: <paramref name="list"/> is "Not through" or "Only within", <paramref name="kind"/> "Countries", "Operators' countries" and so on.</summary>
    public static Task AddRuleAsync(this Person person, string list, string kind, string choice) => person.AddRuleAsync("Your own rule", list, kind, choice);

    /// <summary>Adds to the rule that a control of this name holds.</summary>
    public static async Task AddRuleAsync(this Person person, string control, string list, string kind, string choice)
    {
        ILocator rule = person.Page.GetByRole(AriaRole.Group, new() { Name = control });
        ILocator picker = rule.GetByRole(AriaRole.Group, new() { Name = list, Exact = true });
        if (!await picker.IsVisibleAsync())
            await rule.GetByRole(AriaRole.Button, new() { Name = $"{list} ..." }).ClickAsync();
        await picker.GetByRole(AriaRole.Group, new() { Name = kind, Exact = true }).GetByRole(AriaRole.Checkbox, new() { Name = choice }).CheckAsync();
        await picker.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
    }

    /// <summary>Waits until the whole page is about a refusal with this heading, and says each of the sentences.</summary>
    public static async Task IsToldAsync(this Person person, string heading, params string[] sentences)
    {
        await person.Page.GetByRole(AriaRole.Heading, new() { Name = heading, Level = 1 }).WaitForAsync();
        await person.Page.GetByRole(AriaRole.Main).SaysAsync(sentences);
    }

    /// <summary>Waits until a part of the page says each of the sentences, and writes down what it says.</summary>
    public static async Task SaysAsync(this ILocator part, params string[] sentences)
    {
        foreach (string sentence in sentences)
            await Assertions.Expect(part).ToContainTextAsync(sentence, new() { Timeout = 15_000 });
        TestContext.Current.TestOutputHelper?.WriteLine("| " + Blanks().Replace(await part.InnerTextAsync(), " "));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
