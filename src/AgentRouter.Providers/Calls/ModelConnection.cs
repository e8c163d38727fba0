using AgentRouter.Configuration;
using AgentRouter.Models;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Calls;

/// <summary>What a provider needs to make the client of one model.</summary>
/// <param name="Profile">The model.</param>
/// <param name="Settings">Its provider's settings.</param>
/// <param name="ConfigurationFile">The configuration file, or <see langword="null"/>.</param>
/// <param name="Secrets">Where keys are found.</param>
/// <param name="TimeProvider">The clock.</param>
internal sealed record ModelConnection(ModelProfile Profile, ProviderSettings Settings, string? ConfigurationFile, ISecretSource Secrets, TimeProvider TimeProvider)
{
    /// <summary>The key that is sent where an SDK wants one and none is needed.</summary>
    private const string NoKey = "none";

    private string At => ConfigurationFile is null ? "" : $" in {ConfigurationFile}";

    /// <summary>Makes a client over a provider's HTTP interface: finds the key, opens the connection, guards the calls.</summary>
    /// <param name="defaultBaseUrl">The address when the settings name none.</param>
    /// <param name="defaultKeyVariable">The variable of the key when the settings name none; <see langword="null"/> when the kind needs no key.</param>
    /// <param name="classifier">The provider's error codes.</param>
    /// <param name="dialect">How requests to an address are prepared and usage is read.</param>
    /// <param name="create">Makes the SDK's client from the HTTP client, the address and the key.</param>
    public IChatClient CreateRemote(
        Uri defaultBaseUrl, string? defaultKeyVariable, IFailureClassifier classifier, Func<Uri, ChatDialect> dialect, Func<HttpClient, Uri, string, IChatClient> create)
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
        return new ProviderChatClient(create(http, baseUrl, key ?? NoKey), http, handler, failures, dialect(baseUrl), this);
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
                $"Model '{Profile.Name}' needs the key of provider '{Settings.Name}'{At}: set the environment variable or user secret {variable}, or choose another provider.");
        }

        // a line break would end the header that carries the key
        return key.Any(char.IsControl)
            ? throw new ConfigurationException($"The key of provider '{Settings.Name}'{At}, in {variable}, holds a control character; set it again.")
            : key;
    }
}
