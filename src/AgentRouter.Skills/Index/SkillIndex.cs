using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Dense.Stored;
using AgentRouter.Skills.Ranking;

namespace AgentRouter.Skills.Index;

/// <summary>A library of skills, ready to be searched. Never changes: what comes or goes makes a new index that shares what stayed.</summary>
/// <remarks>
/// Safe for any number of threads. It is made of segments: a large one as it was built or loaded, and small ones of what came since, put
/// together when they have grown alike (P. O'Neil et al., "The log-structured merge-tree", 1996). Its scores do not depend on how it came about.
/// </remarks>
public sealed class SkillIndex
{
    private const int Growth = 2;
    private const int FewForParallel = 16;

    private readonly RankingRecipe _recipe;
    private readonly LiveSegment[] _segments;

    private SkillIndex(RankingRecipe recipe, LiveSegment[] segments, VectorSpace? space)
    {
        (_recipe, _segments, Space) = (recipe, segments, space);
        Count = segments.Sum(segment => segment.Live);
    }

    /// <summary>Gets the index of no skills.</summary>
    public static SkillIndex Empty { get; } = EmptyFor(SkillRecipes.Default);

    /// <summary>Gets the number of skills, copies among them.</summary>
    public int Count { get; }

    /// <summary>Gets the skills, copies among them.</summary>
    public IEnumerable<IndexedSkill> Skills => _segments.SelectMany(segment => segment.Skills.Where((_, document) => segment.Removed?[document] != true));

    /// <summary>Gets the numbers of the vectors that its skills have; 0 when they have none.</summary>
    public int VectorLength => Space?.Dimensions ?? 0;

    /// <summary>Gets the name of the embedder that made the vectors; <see langword="null"/> where they were learned from the skills, or there are none.</summary>
    public string? EmbedderName => (Space as EmbeddedTexts)?.Name;

    /// <summary>Gets how the skills are ranked.</summary>
    internal RankingRecipe Recipe => Space is null ? _recipe : _recipe.WithVectors ?? _recipe;

    /// <summary>Gets where the skills' vectors come from, or <see langword="null"/> when they have none.</summary>
    internal VectorSpace? Space { get; }

    /// <summary>Gets the segments.</summary>
    internal IReadOnlyList<LiveSegment> Segments => _segments;

    /// <summary>Makes an index of skills.</summary>
    /// <param name="skills">The skills; of several with one id the last one counts.</param>
    public static SkillIndex Of(IEnumerable<Skill> skills) => Empty.With(skills);

    /// <summary>Adds skills. One that has the id of another takes its place.</summary>
    /// <param name="skills">The skills.</param>
    /// <returns>The new index.</returns>
    public SkillIndex With(IEnumerable<Skill> skills)
    {
        ArgumentNullException.ThrowIfNull(skills);
        Skill[] added = [.. skills];
        var counted = new NewSkill[added.Length];
        if (added.Length < FewForParallel)
        {
            var counter = new TermCounter();
            for (int i = 0; i < added.Length; i++)
                counted[i] = NewSkill.Of(added[i], source: 0, stamp: "", counter);
        }
        else
        {
            Parallel.For(0, added.Length, () => new TermCounter(), (i, _, counter) =>
            {
                counted[i] = NewSkill.Of(added[i], source: 0, stamp: "", counter);
                return counter;
            }, _ => { });
        }

        return With(counted, []);
    }

    /// <summary>Takes skills out.</summary>
    /// <param name="ids">Their ids; one that is not there is passed over.</param>
    /// <returns>The new index.</returns>
    public SkillIndex Without(params IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return With([], ids);
    }

    /// <summary>Finds the skills with a name: the one that is found by searching first, then others and copies.</summary>
    /// <param name="name">The name.</param>
    public IReadOnlyList<IndexedSkill> Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return [.. _segments.SelectMany(segment => segment.FindName(name).Select(document => (Skill: segment.Skills[document], IsCopy: segment.Shadowed?[document] == true)))
            .OrderBy(each => each.IsCopy).ThenBy(each => each.Skill.Source).ThenBy(each => each.Skill.Id, StringComparer.Ordinal).Select(each => each.Skill)];
    }

    /// <summary>Makes the index of no documents under a recipe.</summary>
    internal static SkillIndex EmptyFor(RankingRecipe recipe, VectorSpace? space = null) => new(recipe, [], space);

    /// <summary>Makes an index of one segment that was read from a file.</summary>
    internal static SkillIndex Of(RankingRecipe recipe, LiveSegment segment, VectorSpace? space = null) =>
        Make(recipe, segment.Live == 0 ? [] : [segment], segment.RepeatedNames, space);

    /// <summary>Makes the same index under another recipe.</summary>
    internal SkillIndex WithRecipe(RankingRecipe recipe) => _segments.Length == 0 ? EmptyFor(recipe, Space) : Of(recipe, LiveSegment.Merge(_segments), Space);

    /// <summary>Makes the same index with learned vectors, or with none.</summary>
    internal SkillIndex WithVectors(LearnedWords? words)
    {
        LiveSegment segment = Compact();
        return Of(_recipe, segment with { Vectors = words?.VectorsOf(segment.Terms) }, words);
    }

    /// <summary>Makes the same index as it is ranked where its vectors are elsewhere, in a space; nothing can be added to it.</summary>
    internal SkillIndex SeenIn(StoredVectors space) => new(_recipe, _segments, space);

    /// <summary>Adds documents and takes others out.</summary>
    /// <param name="added">What is added; it takes the place of what has its id.</param>
    /// <param name="removed">The ids of what is taken out.</param>
    internal SkillIndex With(IReadOnlyList<NewSkill> added, IEnumerable<string> removed)
    {
        // of several with one id the last one counts
        NewSkill[] last = [.. added.GroupBy(skill => skill.Skill.Id).Select(group => group.Last())];
        var names = new HashSet<string>(last.Select(skill => skill.Skill.Name));
        List<LiveSegment> segments = Remaining([.. removed, .. last.Select(skill => skill.Skill.Id)], names);
        if (last.Length > 0)
            segments.Add(New(last));
        while (segments.Count > 1 && segments[^2].Live <= segments[^1].Live * Growth)
        {
            LiveSegment merged = LiveSegment.Merge([segments[^2], segments[^1]]);
            segments.RemoveRange(segments.Count - 2, 2);
            segments.Add(merged);
            names.UnionWith(merged.RepeatedNames);
        }

        return Make(_recipe, segments, names, Space?.Changed(last.Length + Count - (segments.Sum(segment => segment.Live) - last.Length)));
    }

    /// <summary>Puts everything into one segment, as it is written to a file.</summary>
    internal LiveSegment Compact() => _segments is [{ Removed: null } only] ? only : LiveSegment.Merge(_segments);

    private LiveSegment New(NewSkill[] skills)
    {
        IndexSegment terms = SegmentBuilder.Build([.. skills.Select(skill => skill.Terms)]);
        return new LiveSegment(terms, [.. skills.Select(skill => skill.Skill)]) { Vectors = Space?.VectorsOf(terms, skills) };
    }

    private List<LiveSegment> Remaining(HashSet<string> ids, HashSet<string> names)
    {
        var remaining = new List<LiveSegment>();
        foreach (LiveSegment segment in _segments)
        {
            int[] gone = [.. ids.Select(segment.FindId).OfType<int>()];
            names.UnionWith(gone.Select(document => segment.Skills[document].Name));
            LiveSegment left = gone.Length == 0 ? segment : segment.Without(gone);
            if (left.Live > 0)
                remaining.Add(left);
        }

        return remaining;
    }

    private static SkillIndex Make(RankingRecipe recipe, IReadOnlyList<LiveSegment> segments, IEnumerable<string> names, VectorSpace? space)
    {
        var totals = new long[DocumentTerms.MaxFields];
        foreach (LiveSegment segment in segments)
        {
            for (int field = 0; field < totals.Length; field++)
                totals[field] += segment.FieldTotals[field];
        }

        var means = MeanLengths.Of(recipe, totals, segments.Sum(segment => segment.Live));
        return new SkillIndex(recipe, ShadowedCopies.Mark([.. segments.Select(segment => segment.Ready(recipe, means))], names), space);
    }
}
