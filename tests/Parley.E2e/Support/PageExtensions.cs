using System.Text.Json;
using Microsoft.Playwright;

namespace Parley.E2e.Support;

/// <summary>Runs scripts in pages.</summary>
internal static class PageExtensions
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Calls a script's function with an array of arguments and reads what it returns (or promises) as <typeparamref name="T"/>.</summary>
    public static async Task<T?> AskAsync<T>(this IPage page, string script, params string[] arguments)
    {
        string text = await page.EvaluateAsync<string>($"async given => JSON.stringify(await ({script})(given))", arguments);
        return JsonSerializer.Deserialize<T>(text, Json);
    }
}
