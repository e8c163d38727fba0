using System.Text.Json;
using System.Text.Json.Serialization;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.Cli.Commands.Spend;

/// <summary>A line of <c>spend --json</c>. Amounts are in USD and exact.</summary>
internal sealed record SpendJson(string? Name, decimal Usd, long Tokens, long Calls)
{
    /// <summary>Writes a row.</summary>
    public static string Of(SpendRow row) => JsonSerializer.Serialize(new SpendJson(row.Name, row.Usd.ToUsd(), row.Tokens, row.Calls), SpendJsonContext.Default.SpendJson);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SpendJson))]
internal sealed partial class SpendJsonContext : JsonSerializerContext;
