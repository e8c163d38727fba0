using AgentRouter.Skills.Index;
using AgentRouter.Skills.Reranking;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;

namespace AgentRouter.Onnx.Reranking;

/// <summary>Orders the first skills of a search with a cross-encoder.</summary>
/// <remarks>The model sees name, description and the beginning of the body: there a skill says what it is for, and one pair a skill keeps a search
/// below a second on a processor. What a skill says of itself can change its own place only, and bring in none that was not found.</remarks>
public sealed class CrossEncoderSkillReranker : ISkillReranker
{
    private readonly OnnxCrossEncoder _encoder;
    private readonly CrossEncoderSkillRerankerOptions _options;
    private readonly IReadOnlyList<ISkillSource> _sources;

    /// <summary>Makes the reranker.</summary>
    /// <param name="encoder">The model; not owned.</param>
    /// <param name="options">What it sees.</param>
    /// <param name="sources">The sources that the index was made of, in the same order, to read bodies from. Without them names and descriptions decide.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public CrossEncoderSkillReranker(OnnxCrossEncoder encoder, CrossEncoderSkillRerankerOptions? options = null, params IReadOnlyList<ISkillSource> sources)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(sources);
        (_encoder, _options, _sources) = (encoder, (options ?? new CrossEncoderSkillRerankerOptions()).Validated(), sources);
    }

    /// <inheritdoc/>
    public int Depth => _options.Depth;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SkillMatch>> RerankAsync(string task, IReadOnlyList<SkillMatch> matches, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(matches);
        if (matches.Count < 2)
            return matches;
        var texts = new List<string>(matches.Count);
        foreach (SkillMatch match in matches)
            texts.Add(await TextOfAsync(match.Skill, cancellationToken).ConfigureAwait(false));
        IReadOnlyList<float> scores = await _encoder.ScoreAsync(Cut(task, _options.TaskCharacters), texts, cancellationToken).ConfigureAwait(false);
        // what is judged alike stays as it was found
        return [.. matches.Zip(scores).OrderByDescending(pair => pair.Second).Select(pair => pair.First with { Reason = MatchReason.Model })];
    }

    private async ValueTask<string> TextOfAsync(IndexedSkill skill, CancellationToken cancellationToken)
    {
        string text = $"{skill.Name}\n{skill.Description}";
        if (_options.BodyCharacters == 0 || skill.Source >= _sources.Count)
            return text;
        SkillReading reading = await _sources[skill.Source].ReadAsync(new SkillListing(skill.Id, ""), cancellationToken).ConfigureAwait(false);
        return reading.Skill is { } read ? $"{text}\n{Cut(read.Body, _options.BodyCharacters)}" : text;
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
