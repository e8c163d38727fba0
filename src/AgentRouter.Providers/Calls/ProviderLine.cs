namespace AgentRouter.Providers.Calls;

/// <summary>An open line to a provider: what watches its calls, and what an SDK's client is made of.</summary>
internal sealed class ProviderLine(HttpClient http, ProviderHttpHandler handler, FailureMapper failures, Uri baseUrl, string key)
{
    /// <summary>Gets the HTTP client; whoever makes a client of it disposes it.</summary>
    public HttpClient Http => http;

    /// <summary>Gets what watches its calls.</summary>
    public ProviderHttpHandler Handler => handler;

    /// <summary>Gets what classifies failures.</summary>
    public FailureMapper Failures => failures;

    /// <summary>Gets the address.</summary>
    public Uri BaseUrl => baseUrl;

    /// <summary>Gets the key.</summary>
    public string Key => key;
}
