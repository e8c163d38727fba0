using AgentRouter.Configuration;
using AgentRouter.Routing.Policies.Capability.Model;
using AgentRouter.Routing.PolicyFiles;

namespace AgentRouter.Routing.Policies.Capability;

/// <summary>Reads trained requirements from a policy file.</summary>
internal static class CapabilityPolicyFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConfigurationException">It cannot be used.</exception>
    public static CapabilityModel Load(string path)
    {
        var file = PolicyFile.Load(path);
        return file.Policy == CapabilityDefaults.Name
            ? CapabilityModelJson.Read(file.Body)
            : throw new ConfigurationException($"{path}: the file is for the policy '{file.Policy}', not for '{CapabilityDefaults.Name}'.");
    }
}
