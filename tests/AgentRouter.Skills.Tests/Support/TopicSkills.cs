namespace AgentRouter.Skills.Tests.Support;

/// <summary>Skills of a few topics, each with words of its own: each says a few of them, so that only their company tells that they belong together.</summary>
internal static class TopicSkills
{
    public const int Topics = 6;
    public const int Words = 12;

    /// <summary>Makes skills, the topics in turn.</summary>
    public static Skill[] Many(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => TestSkills.Of($"skill{i}", "", Text(i % Topics, random), $"{i:0000}"))];
    }

    /// <summary>Makes a word of a topic.</summary>
    public static string Word(int topic, int number) => $"{(char)('a' + topic)}word{number}";

    private static string Text(int topic, Random random) => string.Join(' ', Enumerable.Range(0, 6).Select(_ => Word(topic, random.Next(Words))));
}
