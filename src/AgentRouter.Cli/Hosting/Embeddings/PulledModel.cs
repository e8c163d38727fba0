using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Onnx.Pulling;

namespace AgentRouter.Cli.Hosting.Embeddings;

/// <summary>Tells versions of a model apart that was pulled from a hub: the vectors of one commit are never compared with those of another.</summary>
internal static class PulledModel
{
    private const int ShownCommit = 12;

    /// <summary>Adds the commit that the lock in a model's folder names.</summary>
    /// <param name="profile">What the configuration says.</param>
    /// <exception cref="ConfigurationException">The lock cannot be read.</exception>
    public static EmbeddingProfile WithRevision(this EmbeddingProfile profile)
    {
        if (profile.Onnx is not { } folder || profile.Revision is not null)
            return profile;
        string file = Path.Join(folder, ModelLock.FileName);
        return File.Exists(file) ? profile with { Revision = ModelLock.Read(file).Commit[..ShownCommit] } : profile;
    }
}
