namespace AgentRouter.Skills.Text;

/// <summary>The fields of a skill, which count differently when it is ranked.</summary>
internal enum SkillField
{
    Name,
    Description,

    /// <summary>Heading lines of the body.</summary>
    Heading,

    /// <summary>Other lines near the body's beginning.</summary>
    Prose,

    /// <summary>Fenced code near the body's beginning.</summary>
    Code,

    /// <summary>Other lines further down.</summary>
    LaterProse,

    /// <summary>Fenced code further down.</summary>
    LaterCode,
}
