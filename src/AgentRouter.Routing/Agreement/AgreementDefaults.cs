namespace AgentRouter.Routing.Agreement;

internal static class AgreementDefaults
{
    /// <summary>Two that agree of three: most easy requests end after the second sample.</summary>
    public const int Samples = 3;

    public const int Agreement = 2;

    /// <summary>Beyond this, one answer of a better model is cheaper than the samples.</summary>
    public const int MostSamples = 20;
}
