using System.Text.Json;
using Parley.Server.Problems;

namespace Parley.Server.Signalling;

/// <summary>Reads the arguments of hub calls, so that a wrong one becomes a problem with a reason.</summary>
internal static class HubJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    /// <summary>Reads an argument.</summary>
    /// <exception cref="ProblemException">It is not what the call expects.</exception>
    public static T Read<T>(JsonElement argument)
        where T : class
    {
        try
        {
            return argument.Deserialize<T>(Options) ?? throw Refusals.BadBody("The argument must be an object.");
        }
        catch (JsonException e)
        {
            throw ProblemHandling.FromJson(e);
        }
    }
}
