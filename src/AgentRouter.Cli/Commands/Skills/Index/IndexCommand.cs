using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Terminals;
using AgentRouter.Configuration;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Index.Files;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Skills.Index;

/// <summary><c>agentrouter skills index PATH…</c>.</summary>
internal static class IndexCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var folders = new Argument<string[]>("PATH") { Description = "Folders of skills. What is unchanged is not read again; what lies in none of them any more is taken out.", Arity = ArgumentArity.OneOrMore };
        Option<string?> file = SkillLibrary.File();
        Option<DenseMode> dense = SkillLibrary.Dense();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("index", "Reads folders of skills into an index, or brings it up to date.")
        {
            Examples = [new Example("skills index skills/ ~/.claude/skills", "Two libraries; of copies the one of the first stands.")],
            Notes = ["Skills that cannot be used are named and left out. Exit code: 0 all the same."],
        };
        command.Add(folders);
        command.Add(file);
        command.Add(dense);
        command.Add(json);
        command.SetAction((result, cancellationToken) => IndexAsync(context, result.GetRequiredValue(folders), result.GetValue(file), result.GetValue(dense), result.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> IndexAsync(CliContext context, string[] folders, string? named, DenseMode dense, bool json, CancellationToken cancellationToken)
    {
        string path = SkillLibrary.PathOf(context, named);
        if (Directory.Exists(path))
            throw new UsageException($"--index {named} is a folder. Name a file in it.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        SkillIndex previous = Previous(context, path);
        SkillIndexUpdate update;
        using (var progress = new SkillsProgress(context.Terminal.Error))
            update = await SkillIndexer.UpdateAsync(previous, SkillLibrary.Open(context, folders), new SkillIndexerOptions { Dense = dense }, progress, cancellationToken);
        if (!ReferenceEquals(update.Index, previous) || !File.Exists(path))
            SkillIndexFile.Save(update.Index, path);
        var report = new IndexReport(path, update.Index.Count, update.Added, update.Changed, update.Unchanged, update.Removed, update.Index.VectorLength, new FileInfo(path).Length, update.Problems);
        if (json)
            await FiguresJson.WriteAsync(context.Terminal.Lines, report, cancellationToken);
        else
            new IndexScreen(context.Terminal.Output, context).Show(report);
        return ExitCodes.Succeeded;
    }

    // what cannot be read is made again: it holds nothing that the skills do not
    private static SkillIndex Previous(CliContext context, string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
            return SkillIndex.Empty;
        try
        {
            return SkillIndexFile.Load(path);
        }
        catch (ConfigurationException e) when (SkillIndexFile.CanBeMadeAgain(path))
        {
            context.Terminal.Error.Write(new Text(Untrusted.Line(e.Message, 400) + " It is made again now.\n", Palette.Warning));
            return SkillIndex.Empty;
        }
    }
}
