using System.Text.Json.Nodes;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Run;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Cli.Commands.Fork;

/// <summary>Reads <c>--set NAME=VALUE</c>: inputs as the types that the workflow says, outputs of nodes as they are written.</summary>
internal static class ForkChanges
{
    /// <summary>What the names of inputs begin with.</summary>
    public const string InputPrefix = "inputs.";

    /// <summary>Reads the changes.</summary>
    /// <param name="given">What was written, one <c>NAME=VALUE</c> each.</param>
    /// <param name="workflow">The workflow.</param>
    /// <param name="context">The world; relative paths start at its folder.</param>
    /// <returns>The values by name; those of inputs as JSON.</returns>
    /// <exception cref="UsageException">A value does not fit its input, or a name is given twice.</exception>
    public static Dictionary<string, string> Read(IReadOnlyList<string> given, WorkflowDefinition workflow, CliContext context)
    {
        var changes = new Dictionary<string, string>();
        var inputs = new List<string>();
        foreach (string pair in given)
        {
            int at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                throw new UsageException($"--set takes NAME=VALUE; '{pair}' has no name.");
            if (pair.StartsWith(InputPrefix, StringComparison.Ordinal))
                inputs.Add(pair[InputPrefix.Length..]);
            else if (!changes.TryAdd(pair[..at], pair[(at + 1)..]))
                throw new UsageException($"'{pair[..at]}' is set twice.");
        }

        foreach ((string name, JsonNode? value) in InputValues.Read(inputs, workflow, context))
            changes[InputPrefix + name] = value?.ToJsonString() ?? "null";
        return changes;
    }
}
