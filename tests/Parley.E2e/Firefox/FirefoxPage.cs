using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.E2e.Firefox;

/// <summary>A page in Firefox: what a test needs of it, over BiDi.</summary>
internal sealed class FirefoxPage : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    private readonly BidiConnection _connection;
    private readonly string _context;

    private FirefoxPage(BidiConnection connection, string context)
    {
        _connection = connection;
        _context = context;
    }

    /// <summary>Opens a page in which <paramref name="script"/> runs before any of a site's own.</summary>
    public static async Task<FirefoxPage> OpenAsync(FirefoxProcess firefox, string script)
    {
        using CancellationTokenSource patience = new(CallTimeout);
        BidiConnection connection = await BidiConnection.ConnectAsync(firefox.Address, patience.Token);
        await connection.CallAsync("script.addPreloadScript", new { functionDeclaration = $"() => {{ {script} }}" }, patience.Token);
        JsonNode created = await connection.CallAsync("browsingContext.create", new { type = "tab" }, patience.Token);
        return new(connection, created["context"]!.GetValue<string>());
    }

    public Task GoAsync(Uri address) => CallAsync("browsingContext.navigate", new { context = _context, url = address.ToString(), wait = "complete" });

    /// <summary>Calls a script's function with an array of arguments and reads what it returns (or promises) as <typeparamref name="T"/>.</summary>
    public async Task<T?> AskAsync<T>(string script, params string[] arguments)
    {
        JsonNode answer = await CallAsync("script.evaluate", new
        {
            expression = $"(async () => JSON.stringify(await ({script})({JsonSerializer.Serialize(arguments)})) ?? 'null')()",
            target = new { context = _context },
            awaitPromise = true,
            userActivation = true,
        });
        if (answer["type"]!.GetValue<string>() != "success")
            throw new InvalidOperationException($"The script failed: {answer["exceptionDetails"]?["text"]}");
        return JsonSerializer.Deserialize<T>(answer["result"]!["value"]!.GetValue<string>(), Json);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task<JsonNode> CallAsync(string method, object parameters)
    {
        using CancellationTokenSource patience = new(CallTimeout);
        return await _connection.CallAsync(method, parameters, patience.Token);
    }
}
