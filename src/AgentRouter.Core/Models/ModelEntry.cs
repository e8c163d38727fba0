using AgentRouter.Steps;
using AgentRouter.Tokens;
using Microsoft.Extensions.AI;

namespace AgentRouter.Models;

/// <summary>A model in a <see cref="ModelSet"/>, with what is needed to call it.</summary>
public sealed class ModelEntry
{
    internal ModelEntry(ModelProfile profile, int tierRank, IReadOnlyList<string> tiers, IChatClient client, ITokenCounter tokenCounter, bool ownsClient)
    {
        Profile = profile;
        TierRank = tierRank;
        Tiers = tiers;
        Client = client;
        TokenCounter = tokenCounter;
        OwnsClient = ownsClient;
        ReceivesStepIdentity = client.GetService(typeof(IReceivesStepIdentity)) is not null;
    }

    /// <summary>Gets the model.</summary>
    public ModelProfile Profile { get; }

    /// <summary>Gets the rank of its tier; 0 is the least capable.</summary>
    public int TierRank { get; }

    /// <summary>Gets the tiers of the set it belongs to, from the least to the most capable.</summary>
    public IReadOnlyList<string> Tiers { get; }

    /// <summary>Gets the client that talks to it.</summary>
    public IChatClient Client { get; }

    /// <summary>Gets what counts its prompt tokens.</summary>
    public ITokenCounter TokenCounter { get; }

    /// <summary>Gets a value indicating whether the client wants to see the step's identity in the options.</summary>
    public bool ReceivesStepIdentity { get; }

    internal bool OwnsClient { get; }
}
