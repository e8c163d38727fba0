namespace AgentRouter.Tools.Workspace.Http;

/// <summary>The hosts that may be asked.</summary>
/// <param name="allowed">Each <c>example.com</c>, <c>example.com:8080</c> or <c>*.example.com</c>.</param>
internal sealed class HostList(IReadOnlyList<string> allowed)
{
    /// <summary>Refuses an address whose host is not in the list.</summary>
    /// <exception cref="ToolException">Always then; the message names the setting.</exception>
    public void Require(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp) throw new ToolException($"'{address.Scheme}' addresses are refused: only https and http are allowed.");
        if (address.UserInfo.Length > 0) throw new ToolException("An address with a user name or password is refused.");
        if (allowed.Any(host => Matches(host, address))) return;

        string why = allowed.Count == 0 ? "no host is allowed" : "it is not among the allowed hosts";
        throw new ToolException($"'{address.Authority}' may not be asked: {why}. Whoever runs this can add it to 'allowedHosts' under 'workspace' in agentrouter.yaml (WorkspaceToolOptions.AllowedHosts in C#).");
    }

    private static bool Matches(string allowed, Uri address)
    {
        string host = address.IdnHost;
        if (allowed.StartsWith("*.", StringComparison.Ordinal)) return address.IsDefaultPort && host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase);
        if (string.Equals(allowed, host, StringComparison.OrdinalIgnoreCase)) return address.IsDefaultPort;
        return string.Equals(allowed, $"{host}:{address.Port}", StringComparison.OrdinalIgnoreCase);
    }
}
