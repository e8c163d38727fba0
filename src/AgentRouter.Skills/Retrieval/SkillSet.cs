using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Retrieval;

/// <summary>Makes a set of the first places of a list: no two skills of one name, which would stand in each other's way, and none that says what one above it says.</summary>
/// <remarks>That the skills of a set cover different words of the task (as in C. Clarke et al., "Novelty and diversity in information retrieval evaluation", 2008) was measured on seven
/// public sets of tasks and brings nothing over a list that has places for single sentences, so it is not here.</remarks>
internal static class SkillSet
{
    /// <summary>How alike the bodies of two skills are that say the same: half of their runs of three words. What is read from a <see cref="BodySketch"/> is off by 0.09 there.</summary>
    private const double SameText = 0.5;

    /// <summary>Moves what repeats a skill above it behind the set.</summary>
    /// <param name="list">The list, the best first.</param>
    /// <param name="places">How many places the set has.</param>
    /// <param name="documents">The documents.</param>
    public static void Arrange(List<RankedSkill> list, int places, DocumentNumbers documents)
    {
        var set = new List<IndexedSkill>();
        var repeats = new List<RankedSkill>();
        int next = 0;
        while (set.Count < places && next < list.Count)
        {
            IndexedSkill skill = documents.Skill(list[next].Document);
            if (set.Exists(above => Repeats(skill, above)))
            {
                repeats.Add(list[next] with { Reason = MatchReason.Repeat, Sentence = null });
                list.RemoveAt(next);
                continue;
            }

            set.Add(skill);
            next++;
        }

        list.InsertRange(next, repeats);
    }

    private static bool Repeats(IndexedSkill skill, IndexedSkill above) =>
        string.Equals(skill.Name, above.Name, StringComparison.OrdinalIgnoreCase) || skill.Sketch.Likeness(above.Sketch) >= SameText;
}
