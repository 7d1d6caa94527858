using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;

namespace Parley.Server.Problems;

/// <summary>Sees to it that every error answer is a problem: exceptions, unknown routes, wrong methods, bad bodies.</summary>
internal static class ProblemHandling
{
    /// <summary>The body is larger than any call takes.</summary>
    public static Problem BodyTooLarge => Problem.Of("body-too-large", 413, "The body is too large", "The request's body is larger than this call takes.");

    private static Problem TooSlow => Problem.Of("too-slow", 408, "The request was too slow", "The request's body came too slowly. Send it at once.");

    /// <summary>Puts the handling around everything that follows in the pipeline.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = static context => ProblemWriter.WriteAsync(context, FromException(context.Features.Get<IExceptionHandlerFeature>()?.Error)),

            // What the caller did wrong is not an error of ours.
            SuppressDiagnosticsCallback = static fault => fault.Exception is ProblemException or BadHttpRequestException or OperationCanceledException,
        });
        app.UseStatusCodePages(static context => ProblemWriter.WriteAsync(context.HttpContext, FromStatus(context.HttpContext)));
    }

    /// <summary>The problem that an exception stands for; never its text, unless it was made for the caller.</summary>
    public static Problem FromException(Exception? error) => error switch
    {
        ProblemException known => known.ToProblem(),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => BodyTooLarge,
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Refusals.WrongContentType("application/json").ToProblem(),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => TooSlow,
        BadHttpRequestException { InnerException: JsonException json } => FromJson(json).ToProblem(),
        BadHttpRequestException bad =>
            Problem.Of("bad-request", bad.StatusCode, "Bad request", "The request is not what this call expects. See /openapi/v1.json."),
        JsonException json => FromJson(json).ToProblem(),
        _ => Problem.Of("internal", 500, "Internal error", "Something went wrong in the server. It has been logged."),
    };

    /// <summary>What is wrong with JSON, without the reader's internal names.</summary>
    public static ProblemException FromJson(JsonException json) => Refusals.BadBody(
        json.Path is { Length: > 1 } path
            ? $"The JSON does not fit at {(path.Length <= 100 ? path : path[..100])}: unknown name, wrong type, or value missing."
            : "The body is not valid JSON, or lacks what this call needs.");

    private static Problem FromStatus(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => Problem.Of("not-found", 404, "Not found", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed =>
            Problem.Of("method-not-allowed", 405, "Method not allowed", $"{context.Request.Method} is not possible here. Allowed: {context.Response.Headers.Allow}."),
        StatusCodes.Status408RequestTimeout => TooSlow,
        StatusCodes.Status413PayloadTooLarge => BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType => Refusals.WrongContentType("application/json").ToProblem(),
        StatusCodes.Status429TooManyRequests => Refusals.TooMany("Too many requests from this address.").ToProblem(),
        var status and >= 500 => Problem.Of("internal", status, "Internal error", "Something went wrong in the server."),
        var status => Problem.Of("bad-request", status, "Bad request", "The request is not what this call expects. See /openapi/v1.json."),
    };
}
