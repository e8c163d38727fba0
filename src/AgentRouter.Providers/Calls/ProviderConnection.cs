using AgentRouter.Configuration;

namespace AgentRouter.Providers.Calls;

/// <summary>What a provider needs to make a client.</summary>
/// <param name="Subject">Whose client it is, for messages: <c>Model 'gpt-5'</c>.</param>
/// <param name="Settings">The provider's settings.</param>
/// <param name="ConfigurationFile">The configuration file, or <see langword="null"/>.</param>
/// <param name="Secrets">Where keys are found.</param>
/// <param name="TimeProvider">The clock.</param>
internal abstract record ProviderConnection(string Subject, ProviderSettings Settings, string? ConfigurationFile, ISecretSource Secrets, TimeProvider TimeProvider)
{
    /// <summary>The key that is sent where an SDK wants one and none is needed.</summary>
    private const string NoKey = "none";

    private string At => ConfigurationFile is null ? "" : $" in {ConfigurationFile}";

    /// <summary>Opens a line to a provider's HTTP interface: finds the key, checks the settings. Sends nothing.</summary>
    /// <param name="defaultBaseUrl">The address when the settings name none.</param>
    /// <param name="defaultKeyVariable">The variable of the key when the settings name none; <see langword="null"/> when the kind needs no key.</param>
    /// <param name="classifier">The provider's error codes.</param>
    /// <exception cref="ConfigurationException">A setting or the key is missing or wrong.</exception>
    public ProviderLine Open(Uri defaultBaseUrl, string? defaultKeyVariable, IFailureClassifier classifier)
    {
        Uri baseUrl = Settings.BaseUrl ?? defaultBaseUrl;
        if (!baseUrl.IsAbsoluteUri || baseUrl.Scheme is not ("http" or "https"))
            throw new ConfigurationException($"Provider '{Settings.Name}'{At} has the baseUrl '{baseUrl}', which is not an http or https address.");
        if (Settings.Timeout <= TimeSpan.Zero)
            throw new ConfigurationException($"Provider '{Settings.Name}'{At} has a timeout of {Settings.Timeout}; give it a positive time.");
        string? variable = Settings.ApiKeyVariable ?? (baseUrl.IsLoopback ? null : defaultKeyVariable);
        string? key = FindKey(variable);
        var failures = new FailureMapper(this, classifier, baseUrl, key, variable);
        (HttpClient http, ProviderHttpHandler handler) = ProviderHttpHandler.Open(failures, baseUrl, Settings.Timeout);
        return new ProviderLine(http, handler, failures, baseUrl, key ?? NoKey);
    }

    /// <summary>Resolves a path of the settings against the configuration file.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(ConfigurationFile ?? "."))!);

    private string? FindKey(string? variable)
    {
        if (variable is null)
            return null;
        string? key = Secrets.Find(variable)?.Trim();
        if (string.IsNullOrEmpty(key))
        {
            throw new ConfigurationException(
                $"{Subject} needs the key of provider '{Settings.Name}'{At}: set the environment variable or user secret {variable}, or choose another provider.");
        }

        // a line break would end the header that carries the key
        return key.Any(char.IsControl)
            ? throw new ConfigurationException($"The key of provider '{Settings.Name}'{At}, in {variable}, holds a control character; set it again.")
            : key;
    }
}
