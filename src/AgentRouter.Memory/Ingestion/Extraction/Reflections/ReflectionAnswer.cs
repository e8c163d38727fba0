using System.Text.Json;

namespace AgentRouter.Memory.Ingestion.Extraction.Reflections;

/// <summary>What a model says of groups of facts, as far as it can be used.</summary>
/// <param name="Texts">Of each group the reflection and the places of its facts, from 0; <see langword="null"/> for none.</param>
/// <param name="Drops">What was left out.</param>
internal sealed record ReflectionAnswer(IReadOnlyList<(string Text, IReadOnlyList<int> Facts)?> Texts, Drops Drops)
{
    private const int FewestFacts = 2;

    /// <summary>Reads an answer: the first reflection of each group that follows from at least two of its facts.</summary>
    /// <exception cref="FormatException">It is no answer; the message says why.</exception>
    public static ReflectionAnswer Read(IReadOnlyList<ReflectionGroup> groups, string answer)
    {
        using JsonDocument document = AnswerJson.Parse(answer);
        var drops = new Drops();
        var texts = new (string Text, IReadOnlyList<int> Facts)?[groups.Count];
        foreach (JsonElement reflection in AnswerJson.List(document.RootElement, "reflections", isRequired: true))
        {
            int group = AnswerJson.Number(reflection, "group") - 1;
            string? text = AnswerJson.Text(reflection, "text");
            if (group < 0 || group >= groups.Count || texts[group] is not null)
                drops.Add("a reflection without a group of its own");
            else if (text is null or { Length: > ExtractionLimits.TextLength })
                drops.Add("a reflection without a text of a sentence");
            else if (AnswerJson.Numbers(reflection, "facts", groups[group].Facts.Count) is { Count: >= FewestFacts } facts)
                texts[group] = (text, [.. facts.Select(number => number - 1)]);
            else
                drops.Add("a reflection without two facts");
        }

        return new ReflectionAnswer(texts, drops);
    }
}
