using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Init;

/// <summary><c>agentrouter init [FOLDER]</c>.</summary>
internal static class InitCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var folder = new Argument<string>("FOLDER") { Description = "An empty folder, or one to make; the current one by default.", DefaultValueFactory = _ => "." };
        var command = new CliCommand("init", "Writes a starter project that runs as it is: a workflow, two agents, and a script that answers until you configure a provider.")
        {
            Examples = [new Example("init my-agents", "Then: cd my-agents, agentrouter run graphs/hello.yaml")],
        };
        command.Add(folder);
        command.SetAction((result, cancellationToken) => InitAsync(context, result.GetRequiredValue(folder), cancellationToken));
        return command;
    }

    private static async Task<int> InitAsync(CliContext context, string folder, CancellationToken cancellationToken)
    {
        string path = context.Resolve(folder);
        IReadOnlyList<string> files = await StarterProject.WriteAsync(path, cancellationToken);
        var screen = new Screen(context.Terminal.Output);
        screen.Line(new Paragraph($"{screen.Glyphs.Done} ", Palette.Good).Append($"A starter project is in {Untrusted.Line(path, 1_000)}"));
        foreach (string file in files)
            screen.Line(new Paragraph("    " + file, Palette.Muted));
        screen.Gap();
        if (path != context.CurrentFolder)
            screen.Line(new Paragraph("  cd " + Untrusted.Line(folder, 1_000), Palette.Accent));
        screen.Line(new Paragraph("  agentrouter run graphs/hello.yaml", Palette.Accent));
        return ExitCodes.Succeeded;
    }
}
