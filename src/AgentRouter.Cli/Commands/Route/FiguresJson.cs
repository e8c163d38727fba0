using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentRouter.Cli.Commands.Route;

/// <summary>Figures as JSON for programs.</summary>
internal static class FiguresJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, IncludeFields = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Writes figures.</summary>
    public static Task WriteAsync<T>(TextWriter writer, T figures, CancellationToken cancellationToken) =>
        writer.WriteAsync((JsonSerializer.Serialize(figures, Options) + "\n").AsMemory(), cancellationToken);
}
