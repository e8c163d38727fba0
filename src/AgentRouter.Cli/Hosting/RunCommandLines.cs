using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Terminals;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Cli.Hosting;

/// <summary>The command lines that go on with a run, ready to be copied.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Store">The store's folder where it must be named, or <see langword="null"/> where it is found without.</param>
internal sealed record RunCommandLines(string RunId, string? Store = null)
{
    /// <summary>Makes the command lines for a run, as they work in the current folder.</summary>
    /// <param name="context">The world.</param>
    /// <param name="runId">The run.</param>
    /// <param name="folder">The store's folder.</param>
    public static RunCommandLines For(CliContext context, string runId, string folder) =>
        new(runId, RunsFolder.FindHere(context, null) == folder ? null : context.Shorten(folder));

    /// <summary>Gets the command line that shows what happened.</summary>
    public string Trace => Line("trace");

    /// <summary>Gets the command line that goes on with the run.</summary>
    public string Resume => Line("resume");

    /// <summary>Gets the command line that goes another way from an event.</summary>
    public string Fork => Line("fork", " --at EVENT");

    /// <summary>Gets the command line that answers a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="isOneOfMany">Whether the node must be named.</param>
    public string Answer(RunQuestion question, bool isOneOfMany) => Line(
        "answer",
        $" --choice {ShellText.Quote(question.Choices.Count > 0 ? question.Choices[0] : "TEXT")}" + (isOneOfMany && question.Node is { } node ? $" --node {ShellText.Quote(node)}" : ""));

    private string Line(string command, string options = "") =>
        $"{AgentRouterCommand.Name} {command} {RunId}{options}{(Store is null ? "" : " --store " + ShellText.Quote(Store))}";
}
