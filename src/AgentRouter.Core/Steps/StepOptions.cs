using Microsoft.Extensions.AI;

namespace AgentRouter.Steps;

/// <summary>Carries a step's identity through the options of a chat request.</summary>
public static class StepOptions
{
    /// <summary>The key of the identity in <see cref="ChatOptions.AdditionalProperties"/>.</summary>
    public const string IdentityKey = "agentrouter.step";

    /// <summary>Puts an identity into the options.</summary>
    /// <param name="options">The options; changed in place.</param>
    /// <param name="identity">Whose step it is.</param>
    /// <returns>The options.</returns>
    public static ChatOptions WithStep(this ChatOptions options, StepIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(options);
        (options.AdditionalProperties ??= [])[IdentityKey] = identity;
        return options;
    }

    /// <summary>Reads the identity from the options, if there is one.</summary>
    /// <param name="options">The options; may be <see langword="null"/>.</param>
    public static StepIdentity? GetStep(this ChatOptions? options) =>
        options?.AdditionalProperties?.TryGetValue(IdentityKey, out object? value) == true ? value as StepIdentity : null;
}
