using AgentRouter.Configuration;

namespace AgentRouter.Cli.Hosting;

/// <summary>A key for every name, none of them real: for models that are shown and never called.</summary>
internal sealed class NoSecrets : ISecretSource
{
    /// <inheritdoc/>
    public string? Find(string name) => "not-a-key";
}
