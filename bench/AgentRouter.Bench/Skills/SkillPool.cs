using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentRouter.JsonLines;
using AgentRouter.Skills;

namespace AgentRouter.Bench.Skills;

/// <summary>Skills to search: a pool from files, or made up; multiplied with mutations.</summary>
internal static class SkillPool
{
    private const int MadeUpWords = 60_000;
    private const int MadeUpLength = 4_600;

    /// <summary>Reads a pool: a folder of JSON Lines as <c>skills eval</c> takes it.</summary>
    public static async Task<List<Skill>> ReadAsync(string folder)
    {
        var skills = new List<Skill>();
        foreach (string file in Directory.EnumerateFiles(folder, "*.jsonl*").Order(StringComparer.Ordinal))
        {
            await foreach ((JsonElement line, _) in JsonLinesFile.ReadAsync(file, CancellationToken.None).ConfigureAwait(false))
                skills.Add(new Skill { Id = line.GetProperty("id").GetString()!, Name = line.GetProperty("name").GetString()!, Description = line.GetProperty("description").GetString()!, Body = line.GetProperty("body").GetString()! });
        }

        return skills;
    }

    /// <summary>Makes skills up: a few words are in most of them and most words in few, as in any language.</summary>
    public static List<Skill> MakeUp(int count, Random random)
    {
        string[] words = [.. Enumerable.Range(0, MadeUpWords).Select(_ => Word(random))];
        return [.. Enumerable.Range(0, count).Select(i => new Skill
        {
            Id = "s" + i.ToString(CultureInfo.InvariantCulture),
            Name = Text(words, 16, random).Replace(' ', '-').Trim('-'),
            Description = Text(words, 160, random),
            Body = Body(words, random),
        })];
    }

    /// <summary>Multiplies skills: each copy has every fifth line from another skill, and another name.</summary>
    public static List<Skill> Multiply(List<Skill> skills, int count, Random random)
    {
        var all = new List<Skill>(skills);
        for (int i = 0; all.Count < count; i++)
        {
            Skill skill = skills[i % skills.Count];
            string[] lines = skill.Body.Split('\n'), others = skills[random.Next(skills.Count)].Body.Split('\n');
            for (int line = random.Next(5); line < lines.Length; line += 5)
                lines[line] = others[random.Next(others.Length)];
            string number = all.Count.ToString(CultureInfo.InvariantCulture);
            all.Add(skill with { Id = skill.Id + "-" + number, Name = skill.Name + "-" + number, Body = string.Join('\n', lines) });
        }

        return all;
    }

    private static string Body(string[] words, Random random)
    {
        var body = new StringBuilder();
        while (body.Length < MadeUpLength)
        {
            if (random.Next(8) == 0)
                body.Append("\n## ");
            body.Append(Text(words, random.Next(40, 120), random)).Append(".\n");
        }

        return body.ToString();
    }

    private static string Text(string[] words, int length, Random random)
    {
        var text = new StringBuilder();
        while (text.Length < length)
            text.Append(words[(int)(words.Length * Math.Pow(random.NextDouble(), 6))]).Append(' ');
        return text.ToString().Trim();
    }

    private static string Word(Random random)
    {
        var word = new StringBuilder();
        for (int length = random.Next(2, 10); length > 0; length--)
            word.Append((char)('a' + random.Next(26)));
        return word.ToString();
    }
}
