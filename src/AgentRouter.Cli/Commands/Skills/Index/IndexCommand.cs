using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Cli.Terminals;
using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Index.Files;
using AgentRouter.Skills.Sources;
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
            Examples =
            [
                new Example("skills index skills/ ~/.claude/skills", "Two libraries; of copies the one of the first stands."),
                new Example("skills index skills/ --embeddings local", "With vectors of a model of yours; only what is new or changed is embedded."),
            ],
            Notes =
            [
                "Skills that cannot be used are named and left out. Exit code: 0 all the same.",
                "An index that has the vectors of a model keeps them: without --embeddings and --dense it is that model again.",
            ],
        };
        command.Add(folders);
        command.Add(file);
        command.Add(dense);
        var embeddings = new EmbeddingChoice.Options(command);
        command.Add(json);
        command.SetAction((result, cancellationToken) => IndexAsync(
            context, result.GetRequiredValue(folders), result.GetValue(file), result.GetResult(dense) is { Implicit: false } ? result.GetValue(dense) : null,
            embeddings.Read(context, result), result.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> IndexAsync(CliContext context, string[] folders, string? named, DenseMode? dense, EmbeddingChoice choice, bool json, CancellationToken cancellationToken)
    {
        if (dense is not null && choice.Named is not null)
            throw new UsageException("--dense is about vectors that are learned from the skills, and --embeddings about those of a model. Leave out one of the two.");
        string path = SkillLibrary.PathOf(context, named);
        if (Directory.Exists(path))
            throw new UsageException($"--index {named} is a folder. Name a file in it.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        SkillIndex previous = Previous(context, path);
        IReadOnlyList<FolderSkillSource> sources = SkillLibrary.Open(context, folders);
        using OpenEmbeddings? embeddings = dense is null && ProfileOf(choice, previous) is { } profile ? await OpenAsync(choice, profile, previous, sources, cancellationToken) : null;
        var options = new SkillIndexerOptions { Dense = dense ?? DenseMode.Auto, Embedder = embeddings?.Embedder };
        SkillIndexUpdate update;
        using (var progress = new SkillsProgress(context.Terminal.Error))
            update = await SkillIndexer.UpdateAsync(previous, sources, options, progress, cancellationToken);
        if (!ReferenceEquals(update.Index, previous) || !File.Exists(path))
            SkillIndexFile.Save(update.Index, path);
        var report = new IndexReport(path, update.Index.Count, update.Added, update.Changed, update.Unchanged, update.Removed, update.Index.VectorLength, new FileInfo(path).Length, update.Problems)
        {
            Embedded = embeddings is null ? null : new EmbeddedReport(embeddings.Profile.Name, embeddings.Meter.Texts, embeddings.Meter.Tokens, embeddings.Spent),
        };
        if (json)
            await FiguresJson.WriteAsync(context.Terminal.Lines, report, cancellationToken);
        else
            new IndexScreen(context.Terminal.Output, context).Show(report);
        return ExitCodes.Succeeded;
    }

    // what was paid for is not thrown away because an option was left out
    private static EmbeddingProfile? ProfileOf(EmbeddingChoice choice, SkillIndex previous)
    {
        if (choice.Named is not null || previous.EmbedderName is not { } kept)
            return choice.Named;
        return choice.Of(kept) ?? throw new UsageException($"The index has vectors of '{kept}', and no embeddings of the configuration make those. Name others with --embeddings, or say --dense auto to go without them.");
    }

    private static async Task<OpenEmbeddings> OpenAsync(EmbeddingChoice choice, EmbeddingProfile profile, SkillIndex previous, IReadOnlyList<FolderSkillSource> sources, CancellationToken cancellationToken)
    {
        var estimate = new EmbeddingEstimate(profile, previous.VectorLength);
        await SkillIndexer.UpdateAsync(previous, sources, new SkillIndexerOptions { Embedder = estimate }, cancellationToken: cancellationToken);
        choice.Check(profile, estimate);
        return choice.Open(profile);
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
