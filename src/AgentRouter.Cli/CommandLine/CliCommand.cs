using System.CommandLine;

namespace AgentRouter.Cli.CommandLine;

/// <summary>A command with examples for its help.</summary>
internal class CliCommand(string name, string description) : Command(name, description)
{
    /// <summary>Gets the examples.</summary>
    public IReadOnlyList<Example> Examples { get; init; } = [];

    /// <summary>Gets more to know, a paragraph each, shown after the options.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A command line that works, and what it does.</summary>
/// <param name="Line">The command line without the program's name.</param>
/// <param name="Text">What it does.</param>
internal sealed record Example(string Line, string Text);
