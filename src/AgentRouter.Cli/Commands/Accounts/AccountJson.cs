using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentRouter.Cli.Commands.Accounts;

/// <summary>A line of <c>accounts --json</c>. Amounts are in USD and exact.</summary>
internal sealed record AccountJson(string Name, decimal LimitUsd, string? Per, decimal SpentUsd, decimal HeldUsd, decimal LeftUsd, DateTimeOffset? RenewsAt)
{
    /// <summary>Writes a row.</summary>
    public static string Of(AccountRow row) => JsonSerializer.Serialize(
        new AccountJson(row.Account.Name, row.Account.Limit.ToUsd(), row.Per, row.Balance.Spent.ToUsd(), row.Balance.Held.ToUsd(), row.Left.ToUsd(), row.RenewsAt),
        AccountJsonContext.Default.AccountJson);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AccountJson))]
internal sealed partial class AccountJsonContext : JsonSerializerContext;
