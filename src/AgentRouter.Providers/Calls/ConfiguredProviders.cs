using AgentRouter.Configuration;

namespace AgentRouter.Providers.Calls;

/// <summary>Finds the providers that a configuration names.</summary>
internal static class ConfiguredProviders
{
    /// <summary>Finds a provider and its settings.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="subject">Who is served, for messages: <c>Model 'gpt-5'</c>.</param>
    /// <param name="name">The provider's name.</param>
    /// <exception cref="ConfigurationException">It is not configured, or its kind is not known.</exception>
    public static (IModelProvider Provider, ProviderSettings Settings) Find(RouterConfiguration configuration, string subject, string name)
    {
        string at = configuration.SourceFile is null ? "" : $" in {configuration.SourceFile}";
        if (!configuration.Providers.TryGetValue(name, out ProviderSettings? settings))
            throw new ConfigurationException($"{subject}{at} is served by provider '{name}', which is not configured; the providers are {Listed(configuration.Providers.Keys)}.");
        IModelProvider provider = ModelProviders.All.FirstOrDefault(provider => provider.Kind == settings.Kind)
            ?? throw new ConfigurationException($"Provider '{settings.Name}'{at} is of kind '{settings.Kind}', which is not known; the kinds are {Listed(ModelProviders.Kinds)}.");
        return (provider, settings);
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("none"));
}
