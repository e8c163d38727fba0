using System.Text.Json;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;
using AgentRouter.Routing.Policies;
using AgentRouter.Routing.PolicyFiles;
using AgentRouter.Suggestions;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Cli.Commands.Replay;

/// <summary>Makes the policy that a replay looks at.</summary>
internal static class OtherPolicy
{
    private const string StatePrefix = "agentrouter.";

    /// <summary>Makes a policy by its name, or from a file that training made.</summary>
    /// <param name="context">The world.</param>
    /// <param name="named">The name or the file.</param>
    /// <param name="router">How the workflow's models are chosen.</param>
    /// <exception cref="UsageException">There is no such policy.</exception>
    /// <exception cref="ConfigurationException">The file is missing or is none of a policy.</exception>
    public static IRoutingPolicy Create(CliContext context, string named, RouterDefinition router)
    {
        if (RoutingPolicies.Names.Contains(named))
            return router.CreatePolicy(named);
        if (!named.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"There is no policy '{named}'. {Suggestion.Sentence(named, RoutingPolicies.Names)} The name of a policy file ends with .json.");
        string file = context.Resolve(named);
        string policy = PolicyOf(file);
        string setting = RoutingPolicies.SettingsOf(policy).FirstOrDefault(setting => setting is "file" or "state")
            ?? throw new ConfigurationException($"{file}: the policy '{policy}' is not trained from files.");
        return RoutingPolicies.Create(policy, new PolicySettings { Values = new Dictionary<string, string> { [setting] = file } });
    }

    // what a bandit or a cascade learns is in a state file, which says its policy in its format
    private static string PolicyOf(string file)
    {
        if (!File.Exists(file) || FormatOf(file) is not { } format || format.StartsWith(PolicyFile.FormatName, StringComparison.Ordinal))
            return PolicyFile.Load(file).Policy;
        string policy = format.StartsWith(StatePrefix, StringComparison.Ordinal) ? format[StatePrefix.Length..] : "";
        return RoutingPolicies.Names.Contains(policy) ? policy : PolicyFile.Load(file).Policy;
    }

    private static string? FormatOf(string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("format", out JsonElement format) && format.ValueKind == JsonValueKind.String
                ? format.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
