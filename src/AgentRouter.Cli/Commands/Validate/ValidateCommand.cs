using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;
using AgentRouter.Workflows.Yaml.ToolGraphs;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Validate;

/// <summary><c>agentrouter validate FILE…</c>.</summary>
internal static class ValidateCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var files = new Argument<string[]>("FILE") { Description = "Workflows, agents, tool graphs or configurations.", Arity = ArgumentArity.OneOrMore };
        Option<string?> configuration = SharedOptions.Configuration();
        var command = new CliCommand("validate", "Checks files and shows everything that is wrong at once. No provider is contacted and nothing is spent.")
        {
            Examples =
            [
                new Example("validate graphs/fix-failing-test.yaml", "A workflow with the agents it names."),
                new Example("validate graphs/*.yaml agents/*.yaml agentrouter.yaml", "A whole project."),
            ],
            Notes = ["Exit code: 0 when nothing is wrong or there are only warnings, 64 when there is an error."],
        };
        command.Add(files);
        command.Add(configuration);
        command.SetAction(result => Validate(context, result.GetRequiredValue(files), result.GetValue(configuration)));
        return command;
    }

    private static int Validate(CliContext context, string[] files, string? configurationFile)
    {
        var console = context.Terminal.Output;
        var diagnostics = new List<Diagnostic>();
        foreach (string file in files)
        {
            string path = WorkflowProject.FindFile(context, file);
            IReadOnlyList<Diagnostic> found = Check(context, path, configurationFile);
            diagnostics.AddRange(found.Except(diagnostics));
            if (found.Count == 0)
                console.Write(new Paragraph($"{Glyphs.For(console.Profile.Capabilities).Done} ", Palette.Good).Append(Untrusted.Line(file, 400) + "\n"));
        }

        if (diagnostics.Count == 0)
            return ExitCodes.Succeeded;
        new DiagnosticsScreen(console, context).Show(diagnostics);
        console.Write(new Text($"{DiagnosticsScreen.Count(diagnostics)} in {Numbers.Of(files.Length, "file")}.\n", Palette.Strong));
        return diagnostics.Exists(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? ExitCodes.Usage : ExitCodes.Succeeded;
    }

    private static IReadOnlyList<Diagnostic> Check(CliContext context, string path, string? configurationFile)
    {
        switch (FileKinds.Of(path))
        {
            case YamlFileKind.Configuration:
                return ConfigurationLoader.Load(path).Diagnostics;
            case YamlFileKind.Agent:
                return AgentLoader.Load(path, Against(context, path, configurationFile)).Diagnostics;
            case YamlFileKind.ToolGraph:
                return ToolGraphLoader.Load(path, Against(context, path, configurationFile)).Diagnostics;
            default:
                return WorkflowLoader.Load(path, Against(context, path, configurationFile)).Diagnostics;
        }
    }

    private static WorkflowLoadOptions Against(CliContext context, string path, string? configurationFile) =>
        new() { Configuration = ConfigurationFile.Read(context, configurationFile, path)?.Definition };
}
