using AgentRouter.Skills.Dense;

namespace AgentRouter.Skills.Tests.Support;

/// <summary>A model for <see cref="TopicSkills"/>: a text is the mean direction of its words, and words of one topic have like directions.</summary>
/// <remarks>Its numbers fit in a byte, so that an index, which rounds to bytes, has the very same vectors as a store.</remarks>
internal sealed class BlurredTopics : ISkillEmbedder
{
    public const int Dimensions = 32;

    private readonly Dictionary<string, float[]> _words = [];

    public BlurredTopics(int seed)
    {
        var random = new Random(seed);
        for (int topic = 0; topic < TopicSkills.Topics; topic++)
        {
            float[] center = Direction(random);
            for (int word = 0; word < TopicSkills.Words; word++)
                _words[TopicSkills.Word(topic, word)] = [.. center.Zip(Direction(random), (near, own) => near + own)];
        }
    }

    public string Name => "blurred";

    public Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, EmbeddingPurpose purpose, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ReadOnlyMemory<float>>>([.. texts.Select(Vector)]);

    private ReadOnlyMemory<float> Vector(string text)
    {
        var sum = new float[Dimensions];
        sum[0] = 0.1f;
        foreach (string word in text.Split([' ', '\n']))
        {
            if (_words.TryGetValue(word, out float[]? direction))
                sum = [.. sum.Zip(direction, (left, right) => left + right)];
        }

        float most = sum.Max(MathF.Abs);
        return sum.Select(number => MathF.Round(number / most * sbyte.MaxValue)).ToArray();
    }

    private static float[] Direction(Random random) => [.. Enumerable.Range(0, Dimensions).Select(_ => (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5))];
}
