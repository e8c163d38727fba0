using AgentRouter.Models;
using AgentRouter.Providers.Scripted;

namespace AgentRouter.Testing;

/// <summary>Models that answer from a script.</summary>
public static class TestModels
{
    /// <summary>Makes the two scripted models of the embedded default, <c>scripted-small</c> and <c>scripted-large</c> in tiers
    /// <c>small</c> and <c>large</c>, with prices as real ones have.</summary>
    /// <param name="script">What they answer; each counts for itself how often it has given a reply.</param>
    /// <param name="clock">The clock of latency and prompt cache; the system's when not given.</param>
    public static ModelSet From(Script script, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(script);
        var configuration = ScriptedConfiguration.ForScript(script.SourceFile ?? script.Name);
        var models = new ModelSet(configuration.Tiers);
        foreach (ModelProfile profile in configuration.Models)
            models.Add(profile, new ScriptedChatClient(script, profile, clock), ScriptedTokenCounter.Instance);
        return models;
    }
}
