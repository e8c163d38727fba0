namespace AgentRouter.Skills.Index;

/// <summary>Marks copies: of skills with one name and nearly one body only the first is found. First is by source, then by id.</summary>
internal static class ShadowedCopies
{
    // more different bodies under one name are compared with none: no library is made like that
    private const int MostKept = 64;

    /// <summary>Marks the copies among skills.</summary>
    /// <param name="segments">The segments.</param>
    /// <param name="names">The names to look at.</param>
    /// <returns>The segments with new marks.</returns>
    public static LiveSegment[] Mark(IReadOnlyList<LiveSegment> segments, IEnumerable<string> names)
    {
        LiveSegment[] marked = [.. segments];
        var changed = new bool[marked.Length][];
        foreach (string name in names)
        {
            var same = new List<(int Segment, int Document, IndexedSkill Skill)>();
            for (int segment = 0; segment < marked.Length; segment++)
            {
                foreach (int document in marked[segment].FindName(name))
                    same.Add((segment, document, marked[segment].Skills[document]));
            }

            var kept = new List<IndexedSkill>();
            foreach ((int segment, int document, IndexedSkill skill) in same.OrderBy(each => each.Skill.Source).ThenBy(each => each.Skill.Id, StringComparer.Ordinal))
            {
                bool isCopy = kept.Exists(first => IsCopy(first, skill));
                if (!isCopy && kept.Count < MostKept)
                    kept.Add(skill);
                if (isCopy != (marked[segment].Shadowed?[document] ?? false))
                    (changed[segment] ??= marked[segment].Shadowed is { } shadowed ? [.. shadowed] : new bool[marked[segment].Skills.Count])[document] = isCopy;
            }
        }

        for (int segment = 0; segment < marked.Length; segment++)
        {
            if (changed[segment] is { } shadowed)
                marked[segment] = marked[segment] with { Shadowed = shadowed };
        }

        return marked;
    }

    /// <summary>Tells whether a skill is a copy of another one with the same name.</summary>
    public static bool IsCopy(IndexedSkill first, IndexedSkill other) =>
        first.Hash == other.Hash || first.Sketch.Likeness(other.Sketch) >= BodySketch.CopyLikeness;
}
