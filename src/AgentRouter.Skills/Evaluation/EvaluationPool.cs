using System.Text;
using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.JsonLines;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Ranking;
using AgentRouter.Skills.Sources;
using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Evaluation;

/// <summary>What is searched in an evaluation: skills, or the tools of a catalogue.</summary>
/// <param name="Index">The pool, indexed.</param>
/// <param name="Ladder">The recipes to measure, the plainest first.</param>
internal sealed record EvaluationPool(SkillIndex Index, IReadOnlyList<RankingRecipe> Ladder)
{
    /// <summary>Gets the documents with the texts of each that a model embeds.</summary>
    public IReadOnlyList<(NewSkill Document, IReadOnlyList<string> Texts)> Passages { get; init; } = [];

    /// <summary>Gets the documents as a source, for what reads them whole; <see langword="null"/> where they were not kept.</summary>
    public ISkillSource? Source { get; init; }

    /// <summary>Gets a value indicating whether it holds tools.</summary>
    public bool HasTools => Ladder[0] == ToolRecipes.NameAndDescription;

    private static readonly string[] GroupNames = ["server", "server_title", "provider", "category", "domain", "tags"];

    /// <summary>Gets the recipes for skills.</summary>
    public static IReadOnlyList<RankingRecipe> SkillLadder { get; } =
        [SkillRecipes.NameAndDescription, SkillRecipes.WithBody, SkillRecipes.WithQueryWeights, SkillRecipes.WithViews, SkillRecipes.WithList, SkillRecipes.Default, SkillRecipes.WithDense, SkillRecipes.WithDenseList];

    /// <summary>Gets the recipes for tools.</summary>
    public static IReadOnlyList<RankingRecipe> ToolLadder { get; } = [ToolRecipes.NameAndDescription, ToolRecipes.Default];

    /// <summary>Makes the index as a recipe searches it: with learned vectors where the recipe looks at them.</summary>
    public SkillIndex For(RankingRecipe recipe) => (recipe.Dense is null ? Index.WithVectors(null) : Index).WithRecipe(recipe);

    /// <summary>Learns vectors of the pool, if that is wanted; without them the recipes that need them are left out.</summary>
    public EvaluationPool WithVectors(DenseMode mode, CancellationToken cancellationToken)
    {
        SkillIndex index = LearnedVectors.Update(Index, mode, cancellationToken: cancellationToken);
        return this with { Index = index, Ladder = [.. Ladder.Where(recipe => recipe.Dense is null || index.Space is not null)] };
    }

    /// <summary>Draws smaller libraries: all that tasks need, and others at random.</summary>
    /// <param name="size">How many skills each has; more where the tasks need more.</param>
    /// <param name="draws">How many are drawn.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <exception cref="ConfigurationException">The pool is no larger than the libraries.</exception>
    public IEnumerable<EvaluationPool> Draw(int size, int draws, IReadOnlyList<EvaluationTask> tasks, int seed)
    {
        if (Index.Count <= size)
            throw new ConfigurationException($"Libraries of {size:N0} cannot be drawn from a pool of {Index.Count:N0}. Name a smaller --library.");
        var needed = tasks.SelectMany(task => task.Needed).ToHashSet();
        string[] others = [.. Index.Skills.Select(skill => skill.Id).Where(id => !needed.Contains(id)).Order(StringComparer.Ordinal)];
        var random = new Random(seed);
        for (int draw = 0; draw < draws; draw++)
        {
            random.Shuffle(others);
            yield return this with { Index = Index.Without(others[Math.Min(others.Length, Math.Max(0, size - (Index.Count - others.Length)))..]) };
        }
    }

    /// <summary>Reads a pool.</summary>
    /// <param name="path">A file of JSON Lines, a folder of such files, or a folder of skills.</param>
    /// <param name="heldOut">Takes the names and descriptions out of skills, to make tasks of them; <see langword="null"/> leaves them in.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <param name="withPassages">Whether texts are kept for a model to embed.</param>
    /// <param name="withTexts">Whether the documents are kept whole.</param>
    /// <exception cref="ConfigurationException">Nothing can be searched there, or a line cannot be used.</exception>
    public static async Task<EvaluationPool> ReadAsync(string path, HeldOutDescriptions? heldOut, CancellationToken cancellationToken, bool withPassages = false, bool withTexts = false)
    {
        if (!Directory.Exists(path))
            return await ReadFilesAsync([path], heldOut, withPassages, withTexts, cancellationToken).ConfigureAwait(false);
        string[] files = [.. Directory.EnumerateFiles(path, "*.jsonl").Concat(Directory.EnumerateFiles(path, "*.jsonl.gz")).Order(StringComparer.Ordinal)];
        if (files.Length > 0)
            return await ReadFilesAsync(files, heldOut, withPassages, withTexts, cancellationToken).ConfigureAwait(false);
        var source = new FolderSkillSource(path);
        Skill[] skills = [.. source.List(cancellationToken).Select(listing => source.Read(listing).Skill).OfType<Skill>().Select(skill => skill with { Id = skill.Name }).Select(skill => heldOut?.Take(skill) ?? skill)];
        var counter = new TermCounter();
        return skills.Length > 0
            ? new EvaluationPool(SkillIndex.Of(skills), SkillLadder)
            {
                Passages = withPassages ? [.. skills.Select(skill => (NewSkill.Of(skill, source: 0, stamp: "", counter), TextsOf(skill)))] : [],
                Source = withTexts ? SourceOf(skills) : null,
            }
            : throw new ConfigurationException($"There is neither a .jsonl file nor a skill in {path}.");
    }

    /// <inheritdoc cref="ReadAsync(string, HeldOutDescriptions?, CancellationToken, bool, bool)"/>
    public static Task<EvaluationPool> ReadAsync(string path, CancellationToken cancellationToken) => ReadAsync(path, heldOut: null, cancellationToken);

    private static async Task<EvaluationPool> ReadFilesAsync(IEnumerable<string> files, HeldOutDescriptions? heldOut, bool withPassages, bool withTexts, CancellationToken cancellationToken)
    {
        var documents = new List<NewSkill>();
        var ids = new HashSet<string>();
        var texts = new List<IReadOnlyList<string>>();
        var whole = new List<Skill>();
        var counter = new TermCounter();
        bool hasTools = false;
        foreach (string file in files)
        {
            await foreach ((JsonElement line, string location) in JsonLinesFile.ReadAsync(file, cancellationToken).ConfigureAwait(false))
            {
                string id = PoolJson.Text(line, "id") ?? throw new ConfigurationException($"{location}: an entry needs an 'id', a text.");
                string name = PoolJson.Text(line, "name") ?? throw new ConfigurationException($"{location}: an entry needs a 'name', a text.");
                var skill = new Skill { Id = id, Name = name, Description = PoolJson.Text(line, "description") ?? "", Body = PoolJson.Text(line, "body") ?? "" };
                if (!ids.Add(id))
                    throw new ConfigurationException($"{location}: the id '{id}' is there twice. Each entry needs one of its own.");
                bool isTool = !line.TryGetProperty("body", out _);
                if (isTool != hasTools && documents.Count > 0)
                    throw new ConfigurationException($"{location}: a pool has either skills, each with a 'body', or tools without one.");
                hasTools = isTool;
                if (isTool && heldOut is not null)
                    throw new ConfigurationException($"{location}: tools have no bodies that their descriptions could find.");
                Skill kept = heldOut?.Take(skill) ?? skill;
                NewSkill document = NewSkill.Of(kept, source: 0, stamp: "", counter);
                documents.Add(isTool ? document with { Terms = Count(line, skill, counter) } : document);
                if (withPassages)
                    texts.Add(TextsOf(kept));
                if (withTexts)
                    whole.Add(kept);
            }
        }

        IReadOnlyList<RankingRecipe> ladder = hasTools ? ToolLadder : SkillLadder;
        return documents.Count > 0
            ? new EvaluationPool(SkillIndex.EmptyFor(ladder[^1]).With(documents, []), ladder) { Passages = [.. documents.Zip(texts)], Source = withTexts ? SourceOf(whole) : null }
            : throw new ConfigurationException($"There is nothing to search in {string.Join(", ", files)}. A pool has one JSON object a line; docs/skills.md shows one.");
    }

    // of several with one id the last one counts, as in the index
    private static CodeSkillSource SourceOf(IEnumerable<Skill> skills) => new("pool", skills.GroupBy(skill => skill.Id).Select(same => same.Last()));

    // where names and descriptions are held out, the text of both is empty
    private static IReadOnlyList<string> TextsOf(Skill skill) => [.. SkillPassages.Of(skill).Where(text => !string.IsNullOrWhiteSpace(text))];

    private static DocumentTerms Count(JsonElement line, Skill tool, TermCounter counter)
    {
        IReadOnlyList<StemKind> stems = ToolRecipes.Default.Stems;
        Add(ToolField.Name, tool.Name);
        Add(ToolField.Description, tool.Description);
        Add(ToolField.ServerDescription, PoolJson.Text(line, "server_description") ?? "");
        Add(ToolField.Group, Texts(line, GroupNames));
        Add(ToolField.Parameters, Texts(line, "parameters", "input_schema", "text"));
        return counter.Take();

        void Add(ToolField field, string text) => counter.Add((int)field, text, [.. stems]);
    }

    private static string Texts(JsonElement line, params string[] names)
    {
        var text = new StringBuilder();
        foreach (string name in names)
        {
            if (line.TryGetProperty(name, out JsonElement value))
                PoolJson.Collect(value, text);
        }

        return text.ToString();
    }
}
