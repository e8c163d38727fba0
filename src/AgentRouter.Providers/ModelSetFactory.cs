using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Providers.Calls;
using AgentRouter.Providers.Tokenizers;

namespace AgentRouter.Providers;

/// <summary>Makes the models of a configuration callable.</summary>
public static class ModelSetFactory
{
    /// <summary>Makes a chat client for every model of a configuration. Sends nothing.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="secrets">Where keys are found. A key is handed to its provider's SDK and to nothing else.</param>
    /// <param name="timeProvider">The clock of time-outs and scripted models; the system's when not given.</param>
    /// <returns>The models; the caller owns and disposes them. Their clients throw nothing but
    /// <see cref="Failures.ModelCallException"/> and, when the caller cancelled, <see cref="OperationCanceledException"/>; they never retry.</returns>
    /// <exception cref="ConfigurationException">A key or setting is missing or wrong; names all of them, one a line.</exception>
    public static ModelSet Create(RouterConfiguration configuration, ISecretSource secrets, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(secrets);
        var models = new ModelSet(configuration.Tiers);
        List<string> problems = [];
        foreach (ModelProfile profile in configuration.Models)
        {
            try
            {
                (IModelProvider provider, ProviderSettings settings) = ConfiguredProviders.Find(configuration, $"Model '{profile.Name}'", profile.Provider);
                var connection = new ModelConnection(profile, settings, configuration.SourceFile, secrets, timeProvider ?? TimeProvider.System);
                models.Add(profile, provider.CreateClient(connection), TokenCounterFactory.For(profile));
            }
            catch (Exception e) when (e is ConfigurationException or ArgumentException)
            {
                problems.Add(e.Message);
            }
        }

        if (problems.Count == 0)
            return models;
        models.Dispose();
        throw new ConfigurationException(string.Join('\n', problems.Distinct()));
    }
}
