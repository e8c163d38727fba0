using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Agreement;

/// <summary>Options of <see cref="AgreementChatClient"/>; read and validated once, when the client is made.</summary>
public sealed class AgreementOptions
{
    /// <summary>Gets or sets how often the cheap tier is asked at most, from 2 to 20. The default is 3.</summary>
    public int Samples { get; set; } = AgreementDefaults.Samples;

    /// <summary>Gets or sets how many answers must agree, from 2 to <see cref="Samples"/>. The default is 2.</summary>
    public int Agreement { get; set; } = AgreementDefaults.Agreement;

    /// <summary>Gets or sets the tier that is asked several times; a model's name stands for its tier. The default is the least capable one the router may use.</summary>
    public string? CheapTier { get; set; }

    /// <summary>Gets or sets what says whether two answers agree. The default is <see cref="AnswerComparer"/>.</summary>
    public IEqualityComparer<ChatResponse> Comparer { get; set; } = AnswerComparer.Instance;

    internal AgreementOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Samples, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Samples, AgreementDefaults.MostSamples);
        ArgumentOutOfRangeException.ThrowIfLessThan(Agreement, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Agreement, Samples);
        ArgumentNullException.ThrowIfNull(Comparer);
        return this;
    }
}
