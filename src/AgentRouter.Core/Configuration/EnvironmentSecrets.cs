namespace AgentRouter.Configuration;

/// <summary>Finds secrets in environment variables of the same name.</summary>
public sealed class EnvironmentSecrets : ISecretSource
{
    /// <inheritdoc/>
    public string? Find(string name) => Environment.GetEnvironmentVariable(name);
}
