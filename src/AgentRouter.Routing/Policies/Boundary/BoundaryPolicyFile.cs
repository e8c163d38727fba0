using AgentRouter.Configuration;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Routing.PolicyFiles;

namespace AgentRouter.Routing.Policies.Boundary;

/// <summary>Finds the model of a boundary policy: in the file that is named, or in the package.</summary>
internal static class BoundaryPolicyFile
{
    public static BoundaryModel Load(BoundaryPolicyOptions options)
    {
        return options.File is { } path ? Read(PolicyFile.Load(path), path) : Read(Shipped(), "the policy file of the package");
    }

    /// <summary>Reads the policy file of the package.</summary>
    public static PolicyFile Shipped()
    {
        using Stream stream = typeof(BoundaryPolicyFile).Assembly.GetManifestResourceStream(BoundaryDefaults.ShippedFile)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return PolicyFile.Parse(copy.ToArray(), "the policy file of the package");
    }

    private static BoundaryModel Read(PolicyFile file, string path) => file.Policy == BoundaryDefaults.Name
        ? BoundaryModelJson.Read(file.Body)
        : throw new ConfigurationException($"{path}: the file is for the policy '{file.Policy}', not for '{BoundaryDefaults.Name}'.");
}
