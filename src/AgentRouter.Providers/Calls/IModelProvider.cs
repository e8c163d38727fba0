using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Calls;

/// <summary>A kind of provider: makes chat clients for its models. A new kind is a folder with an implementation and a line in <see cref="ModelProviders"/>.</summary>
internal interface IModelProvider
{
    /// <summary>Gets the kind, as written in <c>agentrouter.yaml</c>.</summary>
    string Kind { get; }

    /// <summary>Makes the chat client of one model. Sends nothing.</summary>
    /// <param name="connection">The model, its provider's settings, and what is needed to reach it.</param>
    /// <returns>A client that throws nothing but <see cref="Failures.ModelCallException"/> and, when the caller cancelled, <see cref="OperationCanceledException"/>.</returns>
    /// <exception cref="Configuration.ConfigurationException">A setting or the key is missing or wrong.</exception>
    IChatClient CreateClient(ModelConnection connection);
}
