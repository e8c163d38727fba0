namespace AgentRouter.Configuration;

/// <summary>Where memories are kept, and how evidence is put in order.</summary>
public sealed record MemoryStoreSettings
{
    /// <summary>Gets the folder of the store, or <see langword="null"/> for <c>memory</c> in the project's folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Gets the file of weights that evidence is put in order with, or <see langword="null"/> for those that are set by hand.</summary>
    public string? Weights { get; init; }

    /// <summary>Gets the name of the embeddings that tasks and questions are compared with where an effort says so, or <see langword="null"/> for words alone.</summary>
    public string? Embeddings { get; init; }
}
