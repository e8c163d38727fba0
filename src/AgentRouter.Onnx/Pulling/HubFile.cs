namespace AgentRouter.Onnx.Pulling;

/// <summary>A file as it is promised.</summary>
/// <param name="Path">Its path in the model's folder, with slashes.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">The hash of its bytes, where that is promised.</param>
/// <param name="GitSha1">The hash that git gives it, where that is promised.</param>
internal sealed record HubFile(string Path, long Size, string? Sha256, string? GitSha1);
