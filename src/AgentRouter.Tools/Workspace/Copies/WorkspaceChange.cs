namespace AgentRouter.Tools.Workspace.Copies;

/// <summary>A file that differs between two folders.</summary>
/// <param name="Path">Its path from the root, with slashes.</param>
/// <param name="Kind">What happened to it.</param>
/// <param name="Before">Its text in the original; <see langword="null"/> when it was added, or is not text.</param>
/// <param name="After">Its text now; <see langword="null"/> when it was deleted, or is not text.</param>
/// <param name="IsText">Whether both sides are text that is small enough to show.</param>
public sealed record WorkspaceChange(string Path, WorkspaceChangeKind Kind, string? Before, string? After, bool IsText);

/// <summary>What happened to a file.</summary>
public enum WorkspaceChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>Its content differs.</summary>
    Changed,

    /// <summary>It is gone.</summary>
    Deleted,
}
