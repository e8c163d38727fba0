using AgentRouter.Configuration;
using Microsoft.Extensions.Configuration;

namespace AgentRouter.Cli.Hosting;

/// <summary>Keys from the environment, then from the user secrets of <c>agentrouter</c>
/// (<c>dotnet user-secrets set OPENAI_API_KEY … --id agentrouter</c>).</summary>
internal sealed class SecretSource : ISecretSource
{
    // read when the first key is asked for: commands that need none do not fail over a broken secrets file
    private readonly Lazy<IConfiguration> _configuration = new(Read);

    /// <summary>The id of the user secrets.</summary>
    public const string UserSecretsId = "agentrouter";

    /// <inheritdoc/>
    public string? Find(string name) => _configuration.Value[name] is { Length: > 0 } secret ? secret : null;

    private static IConfigurationRoot Read()
    {
        try
        {
            return new ConfigurationBuilder().AddUserSecrets(UserSecretsId, reloadOnChange: false).AddEnvironmentVariables().Build();
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            // the file's text could hold a key, so nothing of it is repeated
            throw new ConfigurationException($"The user secrets of '{UserSecretsId}' cannot be read: the file is not JSON, or may not be read. Repair it with dotnet user-secrets list --id {UserSecretsId}.", exception);
        }
    }
}
