using AgentRouter.Models;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Calls;

/// <summary>Where the SDKs' chat clients differ from what Microsoft.Extensions.AI defines.</summary>
internal class ChatDialect
{
    /// <summary>Prepares the options of a request; they are a copy and name the model and the output limit.</summary>
    public virtual void Prepare(ChatOptions options, ModelProfile profile)
    {
    }

    /// <summary>Brings a usage report into the shape of <see cref="Pricing.TokenUsage.FromDetails"/>; changes it in place.</summary>
    public virtual void Normalize(UsageDetails usage)
    {
    }
}
