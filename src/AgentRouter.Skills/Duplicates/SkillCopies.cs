using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Duplicates;

/// <summary>Finds skills that are nearly the same.</summary>
public static class SkillCopies
{
    // two bins a band: texts that are alike to 0.8 share one of the sixteen bands but once in ten million pairs
    private const int BandWidth = 2;
    private const int MostInBand = 64;

    /// <summary>Groups the skills of an index whose texts are alike, whatever their names.</summary>
    /// <param name="index">The index.</param>
    /// <returns>The groups of two and more, the largest first.</returns>
    /// <remarks>Candidates share a band of their sketches (locality-sensitive hashing; P. Indyk, R. Motwani, 1998) and are compared with the first
    /// of a group only, so thousands of copies of one skill take no longer than as many different ones.</remarks>
    public static IReadOnlyList<CopyGroup> Find(SkillIndex index)
    {
        ArgumentNullException.ThrowIfNull(index);
        var groups = new List<(IndexedSkill First, List<SkillCopy> Copies)>();
        var byHash = new Dictionary<ContentHash, int>();
        var byBand = new Dictionary<(int Band, uint First, uint Second), List<int>>();
        foreach (IndexedSkill skill in index.Skills.OrderBy(skill => skill.Source).ThenBy(skill => skill.Id, StringComparer.Ordinal))
        {
            int? group = byHash.TryGetValue(skill.Hash, out int same) ? same : Nearest(skill, groups, byBand);
            if (group is { } found)
            {
                IndexedSkill first = groups[found].First;
                double likeness = first.Hash == skill.Hash ? 1 : first.Sketch.Likeness(skill.Sketch);
                groups[found].Copies.Add(new SkillCopy(skill, likeness, first.Name == skill.Name));
                continue;
            }

            byHash.Add(skill.Hash, groups.Count);
            foreach (var band in Bands(skill.Sketch))
            {
                if (!byBand.TryGetValue(band, out List<int>? alike))
                    byBand.Add(band, alike = []);
                if (alike.Count < MostInBand)
                    alike.Add(groups.Count);
            }

            groups.Add((skill, []));
        }

        return [.. groups.Where(group => group.Copies.Count > 0).OrderByDescending(group => group.Copies.Count)
            .ThenBy(group => group.First.Id, StringComparer.Ordinal).Select(group => new CopyGroup(group.First, group.Copies))];
    }

    private static int? Nearest(IndexedSkill skill, List<(IndexedSkill First, List<SkillCopy> Copies)> groups, Dictionary<(int Band, uint First, uint Second), List<int>> byBand)
    {
        (int? Group, double Likeness) best = (null, 0);
        foreach (var band in Bands(skill.Sketch))
        {
            if (!byBand.TryGetValue(band, out List<int>? alike))
                continue;
            foreach (int group in alike)
            {
                double likeness = groups[group].First.Sketch.Likeness(skill.Sketch);
                if (likeness >= BodySketch.CopyLikeness && likeness > best.Likeness)
                    best = (group, likeness);
            }
        }

        return best.Group;
    }

    private static List<(int Band, uint First, uint Second)> Bands(BodySketch sketch)
    {
        var bands = new List<(int Band, uint First, uint Second)>(BodySketch.Bins / BandWidth);
        for (int i = 0; i < BodySketch.Bins; i += BandWidth)
        {
            if (sketch.Values[i] != BodySketch.Empty || sketch.Values[i + 1] != BodySketch.Empty)
                bands.Add((i, sketch.Values[i], sketch.Values[i + 1]));
        }

        return bands;
    }
}
