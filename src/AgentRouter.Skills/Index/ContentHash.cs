namespace AgentRouter.Skills.Index;

/// <summary>The hash of a skill's content: the first half of its SHA-256.</summary>
internal readonly record struct ContentHash(ulong First, ulong Second)
{
    /// <summary>The number of bytes.</summary>
    public const int Length = 16;

    /// <summary>Computes the hash of a skill; see <see cref="Skill.ComputeHash"/>.</summary>
    public static ContentHash Of(Skill skill)
    {
        ReadOnlySpan<char> digits = skill.ComputeHash();
        return new ContentHash(Convert.ToUInt64(digits[..16].ToString(), 16), Convert.ToUInt64(digits[16..32].ToString(), 16));
    }
}
