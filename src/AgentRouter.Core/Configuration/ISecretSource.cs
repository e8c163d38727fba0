namespace AgentRouter.Configuration;

/// <summary>Looks up secrets. What it returns is handed to a provider's SDK and to nothing else.</summary>
public interface ISecretSource
{
    /// <summary>Finds a secret.</summary>
    /// <param name="name">The name of the environment variable or user secret.</param>
    /// <returns>The secret, or <see langword="null"/> when it is not set.</returns>
    string? Find(string name);
}
