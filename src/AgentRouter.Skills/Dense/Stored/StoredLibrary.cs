using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Dense.Stored;

/// <summary>The skills of an index as a store knows them: by their content.</summary>
internal static class StoredLibrary
{
    /// <summary>Gets the skills that can be found, one of each content.</summary>
    public static Dictionary<ContentHash, IndexedSkill> Of(SkillIndex index)
    {
        var skills = new Dictionary<ContentHash, IndexedSkill>();
        foreach (LiveSegment segment in index.Segments)
        {
            for (int document = 0; document < segment.Skills.Count; document++)
            {
                if (segment.Removed?[document] != true && segment.Shadowed?[document] != true)
                    skills.TryAdd(segment.Skills[document].Hash, segment.Skills[document]);
            }
        }

        return skills;
    }
}
