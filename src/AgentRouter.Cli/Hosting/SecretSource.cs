using AgentRouter.Configuration;
using Microsoft.Extensions.Configuration;

namespace AgentRouter.Cli.Hosting;

/// <summary>Keys from the environment, then from the user secrets of <c>agentrouter</c>
/// (<c>dotnet user-secrets set OPENAI_API_KEY … --id agentrouter</c>).</summary>
internal sealed class SecretSource(IConfiguration configuration) : ISecretSource
{
    /// <summary>The id of the user secrets.</summary>
    public const string UserSecretsId = "agentrouter";

    /// <summary>Reads the secrets of this process.</summary>
    public static SecretSource OfProcess() => new(new ConfigurationBuilder()
        .AddUserSecrets(UserSecretsId, reloadOnChange: false)
        .AddEnvironmentVariables()
        .Build());

    /// <inheritdoc/>
    public string? Find(string name) => configuration[name] is { Length: > 0 } secret ? secret : null;
}
