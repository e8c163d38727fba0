using System.CommandLine;
using AgentRouter.Memory;

namespace AgentRouter.Cli.Commands.Memory;

/// <summary>Options that the memory commands take with the same meaning.</summary>
internal static class MemoryOptions
{
    /// <summary>Makes the option that names the store.</summary>
    public static Option<string?> Store() => new("--store") { HelpName = "FOLDER", Description = "Where memories are kept. By default as 'memory' in agentrouter.yaml says, else memory/ in the project's folder." };

    /// <summary>Makes the option that names the scope.</summary>
    public static Option<MemoryScope> Scope() => new("--scope")
    {
        HelpName = "SCOPE",
        Description = "Whose memory: user:NAME, agent:NAME, workflow:NAME or project:NAME.",
        Required = true,
        CustomParser = result => Parse(result.Tokens[0].Value, result.AddError)!,
    };

    /// <summary>Makes the option that names a scope where it may be left out.</summary>
    /// <param name="otherwise">What is meant where none is named.</param>
    public static Option<MemoryScope?> ScopeOrNone(string otherwise) => new("--scope")
    {
        HelpName = "SCOPE",
        Description = $"Whose memory: user:NAME, agent:NAME, workflow:NAME or project:NAME. {otherwise}",
        CustomParser = result => Parse(result.Tokens[0].Value, result.AddError),
    };

    /// <summary>Makes the option that names one scope or several.</summary>
    public static Option<MemoryScope[]> Scopes() => new("--scope")
    {
        HelpName = "SCOPE",
        Description = "Whose memory: user:NAME, agent:NAME, workflow:NAME or project:NAME. Several are searched together.",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => [.. result.Tokens.Select(token => Parse(token.Value, result.AddError)).OfType<MemoryScope>()],
    };

    private static MemoryScope? Parse(string text, Action<string> refuse)
    {
        try
        {
            return MemoryScope.Parse(text);
        }
        catch (FormatException wrong)
        {
            refuse("--scope: " + wrong.Message);
            return null;
        }
    }
}
