using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Cli.Terminals;
using AgentRouter.Models;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Index.Files;
using AgentRouter.Skills.Sources;

namespace AgentRouter.Cli.Commands.Skills.Index;

/// <summary><c>agentrouter skills index PATH…</c>.</summary>
internal static class IndexCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var folders = new Argument<string[]>("PATH") { Description = "All folders of the index. What is unchanged is not read again; what lies in none of them is taken out.", Arity = ArgumentArity.OneOrMore };
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
                "What a model has embedded is kept beside the index when the work breaks off; the same command goes on with it.",
                "An index that has the vectors of a model keeps them: without --embeddings and --dense it is that model again.",
            ],
        };
        command.Add(folders);
        command.Add(file);
        command.Add(dense);
        var embeddings = new EmbeddingChoice.Options(command);
        var recorded = new RecordedEmbedding(command, "skills index");
        command.Add(json);
        command.SetAction((result, cancellationToken) =>
        {
            EmbeddingChoice choice = embeddings.Read(context, result);
            string[] paths = result.GetRequiredValue(folders);
            string? index = result.GetValue(file);
            DenseMode? wanted = result.GetResult(dense) is { Implicit: false } ? result.GetValue(dense) : null;
            return recorded.RunAsync(
                context, result, choice, [.. paths, .. index is null ? Array.Empty<string>() : ["--index", index]],
                paid => IndexAsync(context, paths, index, wanted, paid, result.GetValue(json), cancellationToken), cancellationToken);
        });
        return command;
    }

    private static async Task<int> IndexAsync(CliContext context, string[] folders, string? named, DenseMode? dense, EmbeddingChoice choice, bool json, CancellationToken cancellationToken)
    {
        if (dense is not null && choice.Named is not null)
            throw new UsageException("--dense is about vectors that are learned from the skills, and --embeddings about those of a model. Leave out one of the two.");
        string path = SkillLibrary.PathOf(context, named);
        if (Directory.Exists(path))
            throw new UsageException($"--index {named} is a folder. Name a file in it.");
        SkillIndex stored = StoredIndex.Read(context, path);
        IReadOnlyList<FolderSkillSource> sources = SkillLibrary.Open(context, folders);
        CheckFolders(context, sources, stored, path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        EmbeddingProfile? profile = dense is null ? ProfileOf(choice, stored) : null;
        UnfinishedIndex? unfinished = profile is null ? null : new UnfinishedIndex(context, path, profile.VectorName);
        SkillIndex previous = unfinished?.Find() ?? stored;
        using OpenEmbeddings? embeddings = profile is null ? null : await OpenAsync(choice, profile, previous, sources, cancellationToken);
        if (stored.EmbedderName is { } before && before != profile?.VectorName)
            Notes.Show(context, $"The vectors of {Numbers.Of(stored.Count, "skill")} that '{choice.Of(before)?.Name ?? before}' made are dropped: an index has those of one model, or learned ones.");
        var options = new SkillIndexerOptions { Dense = dense ?? DenseMode.Auto, Embedder = embeddings?.Embedder, Checkpoint = unfinished is null ? null : unfinished.Keep, TimeProvider = context.TimeProvider };
        SkillIndexUpdate update;
        try
        {
            using var progress = new SkillsProgress(context.Terminal.Error);
            update = await SkillIndexer.UpdateAsync(previous, sources, options, progress, cancellationToken);
        }
        catch when (embeddings is not null)
        {
            unfinished?.SayWhatIsKept(embeddings, choice.Spent);
            throw;
        }

        if (!ReferenceEquals(update.Index, stored) || !File.Exists(path))
            SkillIndexFile.Save(update.Index, path);
        unfinished?.Remove();
        var report = new IndexReport(path, update.Index.Count, update.Added, update.Changed, update.Unchanged, update.Removed, update.Index.VectorLength, new FileInfo(path).Length, update.Problems)
        {
            Embedded = embeddings is null ? null : new EmbeddedReport(embeddings.Profile.Name, embeddings.Meter.Texts, embeddings.Meter.Tokens, choice.Spent),
        };
        if (json)
            await FiguresJson.WriteAsync(context.Terminal.Lines, report, cancellationToken);
        else
            new IndexScreen(context).Show(report);
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

    // a wrong folder would take out what another one put in
    private static void CheckFolders(CliContext context, IReadOnlyList<FolderSkillSource> sources, SkillIndex stored, string path)
    {
        IReadOnlyList<FolderSkillSource> empty = FilledFolders.Empty(sources);
        if (empty.Count == 0)
            return;
        string nothing = FilledFolders.Nothing(empty);
        bool losesAll = empty.Count == sources.Count && stored.Count > 0;
        if (losesAll || stored.Skills.Any(skill => empty.Any(source => source.Holds(skill.Id))))
            throw new UsageException($"{nothing} The index {context.Shorten(path)} with {Numbers.Of(stored.Count, "skill")} stays as it is: it would be made exactly of the folders that are named. Name the right ones, or delete the file to begin anew.");
        Notes.Show(context, nothing);
    }
}
