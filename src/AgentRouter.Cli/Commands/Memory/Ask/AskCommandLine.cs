using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Terminals;
using AgentRouter.Memory;

namespace AgentRouter.Cli.Commands.Memory.Ask;

/// <summary>The command that asks a question again.</summary>
internal static class AskCommandLine
{
    private const string Untold = "QUESTION";

    /// <summary>Writes the command.</summary>
    /// <param name="options">What was asked.</param>
    /// <param name="isTold">Whether the question stands in it.</param>
    public static string Of(AskOptions options, bool isTold)
    {
        List<string> words = [AgentRouterCommand.Name, "memory", "ask", isTold ? ShellText.Quote(options.Question.Text) : Untold];
        foreach (MemoryScope scope in options.Scopes)
            words.AddRange(["--scope", ShellText.Quote(scope.ToString())]);
        words.AddRange(["--effort", Word(options.Effort)]);
        if (options.Rerank is { } reranker)
            words.AddRange(["--rerank", ShellText.Quote(reranker)]);
        words.AddRange(options.Choice.Words());
        if (options.Store is { } store)
            words.AddRange(["--store", ShellText.Quote(store)]);
        return string.Join(' ', words);
    }

    /// <summary>Gets the word for an effort.</summary>
    public static string Word(AskEffort effort) => effort.ToString().ToLowerInvariant();
}
