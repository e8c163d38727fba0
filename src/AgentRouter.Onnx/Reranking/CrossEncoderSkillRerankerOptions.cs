using AgentRouter.Skills.Retrieval;

namespace AgentRouter.Onnx.Reranking;

/// <summary>What a cross-encoder sees of skills.</summary>
public sealed record CrossEncoderSkillRerankerOptions
{
    /// <summary>Gets how many skills are judged, from 2 to <see cref="SkillSearchOptions.MaxLimit"/>; 20 when not set.</summary>
    public int Depth { get; init; } = 20;

    /// <summary>Gets how many characters of a task are read, at least 1; 1,000 when not set. What they leave of the model's length is for the skill.</summary>
    public int TaskCharacters { get; init; } = 1_000;

    /// <summary>Gets how many characters of a body are read, 0 for none; 1,500 when not set, some 350 tokens.</summary>
    public int BodyCharacters { get; init; } = 1_500;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal CrossEncoderSkillRerankerOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Depth, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Depth, SkillSearchOptions.MaxLimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(TaskCharacters, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(BodyCharacters);
        return this;
    }
}
