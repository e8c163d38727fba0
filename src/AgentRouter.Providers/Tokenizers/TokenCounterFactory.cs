using AgentRouter.Models;
using AgentRouter.Providers.Scripted;
using AgentRouter.Tokens;

namespace AgentRouter.Providers.Tokenizers;

/// <summary>Finds what counts a model's prompt tokens.</summary>
public static class TokenCounterFactory
{
    /// <summary>Finds the token counter of a model: its tokenizer's where we have it, else the byte bound, which holds for every tokenizer.</summary>
    /// <param name="profile">The model.</param>
    public static ITokenCounter For(ModelProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return profile.Tokenizer switch
        {
            TiktokenTokenCounter.O200kName => TiktokenTokenCounter.O200k,
            ScriptedConfiguration.ProviderName => ScriptedTokenCounter.Instance,
            _ => ByteBoundTokenCounter.Instance,
        };
    }
}
