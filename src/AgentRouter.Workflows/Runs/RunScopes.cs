using System.Text;
using AgentRouter.Memory;

namespace AgentRouter.Workflows.Runs;

/// <summary>The scopes of a memory that belong to runs: what agents have no room for in their context, <c>workflow:run-ID/HASH</c>. A run erases its own when it ends; whoever deletes the record of a
/// run that was killed erases those that it has left.</summary>
public static class RunScopes
{
    private const string Prefix = "run-";
    private const int HashLength = 16;

    /// <summary>Tells which run a scope belongs to.</summary>
    /// <param name="scope">The scope.</param>
    /// <returns>The run's id; <see langword="null"/> for a scope that is none of a run's.</returns>
    public static string? RunOf(MemoryScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        int slash = scope.Name.Length - HashLength - 1;
        // exactly what is made here, so that a scope which somebody named alike is left alone
        if (scope.Kind != MemoryScopeKind.Workflow || slash < Prefix.Length || scope.Name[slash] != '/'
            || !scope.Name.StartsWith(Prefix, StringComparison.Ordinal) || !scope.Name[(slash + 1)..].All(char.IsAsciiHexDigitLower))
            return null;
        string runId = scope.Name[Prefix.Length..slash];
        return RunIds.IsValid(runId) ? runId : null;
    }

    /// <summary>Names the scope of a visit of a node. Each visit has its own, so that none is shown what another one did.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="path">The path of the node.</param>
    /// <param name="visit">The visit.</param>
    internal static MemoryScope Of(string runId, string path, int visit) =>
        new(MemoryScopeKind.Workflow, $"{Prefix}{runId}/{ValueHash.Of(Encoding.UTF8.GetBytes($"{path}\n{visit}"))[..HashLength]}");
}
