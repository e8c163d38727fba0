using AgentRouter.Configuration;
using AgentRouter.Models;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Calls;

/// <summary>What a provider needs to make the chat client of one model.</summary>
/// <param name="Profile">The model.</param>
/// <param name="Settings">Its provider's settings.</param>
/// <param name="ConfigurationFile">The configuration file, or <see langword="null"/>.</param>
/// <param name="Secrets">Where keys are found.</param>
/// <param name="TimeProvider">The clock.</param>
internal sealed record ModelConnection(ModelProfile Profile, ProviderSettings Settings, string? ConfigurationFile, ISecretSource Secrets, TimeProvider TimeProvider)
    : ProviderConnection($"Model '{Profile.Name}'", Settings, ConfigurationFile, Secrets, TimeProvider)
{
    /// <summary>Makes a client over a provider's HTTP interface: opens the line, guards the calls.</summary>
    /// <param name="defaultBaseUrl">The address when the settings name none.</param>
    /// <param name="defaultKeyVariable">The variable of the key when the settings name none; <see langword="null"/> when the kind needs no key.</param>
    /// <param name="classifier">The provider's error codes.</param>
    /// <param name="dialect">How requests to an address are prepared and usage is read.</param>
    /// <param name="create">Makes the SDK's client of the line.</param>
    public IChatClient CreateRemote(Uri defaultBaseUrl, string? defaultKeyVariable, IFailureClassifier classifier, Func<Uri, ChatDialect> dialect, Func<ProviderLine, IChatClient> create)
    {
        ProviderLine line = Open(defaultBaseUrl, defaultKeyVariable, classifier);
        return new ProviderChatClient(create(line), line.Http, line.Handler, line.Failures, dialect(line.BaseUrl), this);
    }
}
