namespace AgentRouter.Skills.Tests.Support;

/// <summary>Skills for tests.</summary>
internal static class TestSkills
{
    public static Skill Of(string name, string description = "", string body = "", string? id = null) =>
        new() { Name = name, Description = description, Body = body, Id = id ?? name };

    /// <summary>Makes a file of a skill that has nothing wrong.</summary>
    public static string File(string name, string description = "Does what it says.", string body = "# How\n\nDo it.") =>
        $"---\nname: {name}\ndescription: {description}\n---\n{body}\n";
}
