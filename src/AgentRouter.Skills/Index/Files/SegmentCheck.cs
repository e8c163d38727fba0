namespace AgentRouter.Skills.Index.Files;

/// <summary>Checks what a file says a segment is, before anything trusts it.</summary>
internal static class SegmentCheck
{
    /// <summary>Puts a segment and its skills together, if they fit.</summary>
    /// <exception cref="InvalidDataException">They do not.</exception>
    public static LiveSegment Checked(IndexSegment segment, IndexedSkill[] skills)
    {
        ReadOnlySpan<int> ends = segment.Ends;
        Require(skills.Length == segment.Documents && skills.Select(skill => skill.Id).Distinct().Count() == skills.Length);
        Require(segment.Lengths.Length % DocumentTerms.MaxFields == 0 && !segment.Lengths.ContainsAnyExceptInRange(0, int.MaxValue));
        Require(segment.Terms.Length == ends.Length && (ends.Length == 0 ? 0 : ends[^1]) == segment.Lists.Length && IsAscending(ends));
        for (int i = 1; i < segment.Terms.Length; i++)
            Require(segment.Terms[i - 1] < segment.Terms[i]);
        return new LiveSegment(segment, skills);
    }

    private static bool IsAscending(ReadOnlySpan<int> ends)
    {
        int before = 0;
        foreach (int end in ends)
        {
            if (end < before)
                return false;
            before = end;
        }

        return true;
    }

    private static void Require(bool fits)
    {
        if (!fits)
            throw new InvalidDataException("The parts of the index do not fit.");
    }
}
