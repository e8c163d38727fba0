using CsCheck;

namespace AgentRouter.Skills.Tests.Support;

/// <summary>Made-up skills over a few words, so that they have many in common.</summary>
internal static class RandomSkills
{
    private static readonly string[] Vocabulary =
        [.. "test build report excel chart video audio parse json graph route model budget token skill memory tool agent query index table page image map".Split(' ')];

    public static Gen<string> Words(int least, int most) => Gen.Int[0, Vocabulary.Length - 1].Select(i => Vocabulary[i]).Array[least, most].Select(words => string.Join(' ', words));

    public static Gen<string> Body { get; } = Gen.Select(Words(0, 4), Words(0, 30), Words(0, 6), (heading, prose, code) => $"# {heading}\n{prose}\n```\n{code}\n```\n{prose}");

    public static Gen<Skill> Skill { get; } = Gen.Select(Words(1, 2), Words(0, 8), Body, (name, description, body) => TestSkills.Of(name.Replace(' ', '-'), description, body));

    /// <summary>Some skills, each with an id of its own.</summary>
    public static Gen<Skill[]> Library(int least, int most) => Skill.Array[least, most].Select(skills => skills.Select((skill, i) => skill with { Id = $"{i:000}" }).ToArray());

    /// <summary>As many skills as are asked for, the same for the same seed.</summary>
    public static Skill[] Many(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => TestSkills.Of($"{Word()}-{i}", $"{Word()} {Word()} {Word()}", $"# {Word()}\n{Word()} {Word()} {Word()} rare{random.Next(count / 2)}\n", $"{i:00000}"))];

        string Word() => Vocabulary[(int)(Vocabulary.Length * Math.Pow(random.NextDouble(), 2))];
    }
}
