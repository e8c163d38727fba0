namespace AgentRouter.Skills.Sources;

/// <summary>Limits of the open format (agentskills.io), and of what is read at all.</summary>
internal static class SkillLimits
{
    /// <summary>The name of the file in a skill's folder.</summary>
    public const string FileName = "SKILL.md";

    public const int NameLength = 64;
    public const int DescriptionLength = 1_024;
    public const int CompatibilityLength = 500;

    /// <summary>The largest file that is read, in bytes. What a model is to read is far below.</summary>
    public const int FileLength = 1 << 20;

    /// <summary>The longest front matter that is read, in characters.</summary>
    public const int FrontMatterLength = 16_384;

    /// <summary>The deepest folder below a source's root that is looked at.</summary>
    public const int Depth = 16;

    /// <summary>The most bundled files of a skill that are listed.</summary>
    public const int BundledFiles = 1_000;

    /// <summary>The most bundled files that a model is told of with a skill.</summary>
    public const int ShownFiles = 30;
}
