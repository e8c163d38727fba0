using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AgentRouter.Budgets;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Workflows.Journal;

/// <summary>What a run was started with, in full, as its journal keeps it beside its first event.</summary>
/// <param name="Inputs">The inputs.</param>
/// <param name="Budget">The limits.</param>
/// <param name="WorkspaceRoot">The folder that workspace tools are confined to.</param>
/// <param name="Source">What the host needs to start the run again.</param>
internal sealed record RunStart(JsonObject Inputs, Budget Budget, string? WorkspaceRoot, IReadOnlyDictionary<string, string> Source)
{
    /// <summary>The format of journals that this version writes; it reads this one and those before.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Gets the format of the journal.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Gets the account that the run draws from, or <see langword="null"/> for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Account { get; init; }

    public static byte[] Write(JsonObject inputs, Budget budget, RunRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(new RunStart(inputs, budget, request.WorkspaceRoot, request.Source) { Account = request.Account }, Options);

    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public static RunStart Read(ReadOnlySpan<byte> json)
    {
        try
        {
            RunStart start = JsonSerializer.Deserialize<RunStart>(json, Options) ?? throw new JsonException("It is null.");
            return start.Format <= CurrentFormat
                ? start
                : throw new InvalidDataException($"The run was recorded in format {start.Format} and this version of AgentRouter knows {CurrentFormat}. Use the version that recorded it, or a newer one.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"What the run was started with cannot be read: {exception.Message}", exception);
        }
    }
}
