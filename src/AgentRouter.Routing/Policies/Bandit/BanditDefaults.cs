namespace AgentRouter.Routing.Policies.Bandit;

internal static class BanditDefaults
{
    public const string Name = "bandit";

    /// <summary>A dollar costs 0.1 of a success: the reward of CodeRouterBench.</summary>
    public const decimal SuccessValueUsd = 10m;

    /// <summary>Chosen on recorded outcomes of eight models over 64 random orders: 0.45 to 0.55 are the same in regret; 0.6 tries too much, 0.3 too little.</summary>
    public const double Exploration = 0.5;

    /// <summary>One made-up outcome of score 0 for each feature: what is unknown is held back by its mean and put forward by its width.</summary>
    public const double Ridge = 1;

    /// <summary>Months of a busy workflow; older outcomes are of models and prompts that have changed since.</summary>
    public const int Remembered = 5_000;
}
