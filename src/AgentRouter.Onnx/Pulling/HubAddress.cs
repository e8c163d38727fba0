using AgentRouter.Configuration;

namespace AgentRouter.Onnx.Pulling;

/// <summary>A hub's address, and those of its models.</summary>
internal sealed class HubAddress
{
    private readonly Uri _hub;

    /// <summary>Reads an address.</summary>
    /// <exception cref="ConfigurationException">It is none that can be used.</exception>
    public HubAddress(string hub)
    {
        if (!Uri.TryCreate(hub.TrimEnd('/') + "/", UriKind.Absolute, out Uri? parsed) || parsed.UserInfo.Length > 0 || parsed.Query.Length > 0)
            throw new ConfigurationException($"'{hub}' is no address of a hub. Write one such as https://huggingface.co.");
        if (!IsAllowed(parsed))
            throw new ConfigurationException($"'{hub}' is not encrypted. A hub is called by https, and by http only on this machine.");
        _hub = parsed;
    }

    /// <summary>Whether an address may be called: encrypted, or on this machine.</summary>
    public static bool IsAllowed(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    /// <summary>Whether an address is the hub's own: only it is shown the token.</summary>
    public bool IsOwn(Uri address) => Uri.Compare(address, _hub, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>Makes the address that tells the commit of a revision.</summary>
    public Uri Revision(string model, string revision) => new(_hub, $"api/models/{model}/revision/{Uri.EscapeDataString(revision)}");

    /// <summary>Makes the address that lists the files of a commit.</summary>
    public Uri Tree(string model, string commit) => new(_hub, $"api/models/{model}/tree/{commit}?recursive=true");

    /// <summary>Makes the address of a file.</summary>
    public Uri File(string model, string revision, string path) => new(_hub, $"{model}/resolve/{Uri.EscapeDataString(revision)}/{path}");

    /// <inheritdoc/>
    public override string ToString() => _hub.ToString().TrimEnd('/');
}
