using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Terminals;
using Spectre.Console;

namespace AgentRouter.Cli.Hosting.Embeddings;

/// <summary>Tells the user in a line of standard error how vectors are made, and why they are not.</summary>
internal static class Notes
{
    private const int Longest = 600;

    /// <summary>Shows a note.</summary>
    public static void Show(CliContext context, string message) => context.Terminal.Error.Write(new Text(Untrusted.Line(message, Longest) + "\n", Palette.Muted));
}
