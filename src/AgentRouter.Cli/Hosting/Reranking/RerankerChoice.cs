using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Suggestions;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Cli.Hosting.Reranking;

/// <summary>The option of a command that names a reranker of the configuration.</summary>
internal static class RerankerChoice
{
    /// <summary>Makes the option.</summary>
    /// <param name="what">What is put in order.</param>
    public static Option<string?> Option(string what = "skills") => new("--rerank") { HelpName = "NAME", Description = $"What puts the first {what} in order: one of 'rerankers' in {ConfigurationLoader.FileName}." };

    /// <summary>Loads the reranker that was named; <see langword="null"/> where none was.</summary>
    /// <param name="context">The world.</param>
    /// <param name="configuration">The configuration; an empty one where there is none.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="UsageException">There is no reranker of that name.</exception>
    /// <exception cref="ConfigurationException">It cannot be loaded.</exception>
    public static OpenReranker? Open(CliContext context, RouterConfiguration configuration, string? name)
    {
        if (name is null)
            return null;
        if (configuration.Rerankers.TryGetValue(name, out RerankerProfile? profile))
            return OpenReranker.Open(context, configuration, profile);
        string example = $"rerankers: {{ {name}: {{ onnx: FOLDER }} }}";
        throw new UsageException(configuration.SourceFile is { } file
            ? $"There is no reranker '{name}' in {context.Shorten(file)}. {Suggestion.Sentence(name, configuration.Rerankers.Keys) ?? $"Add it there: {example}"}"
            : $"There is no {ConfigurationLoader.FileName} here to say what '{name}' is. Make one with {example}, or name one with --config.");
    }
}
