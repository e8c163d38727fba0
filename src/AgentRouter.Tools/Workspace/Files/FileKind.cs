namespace AgentRouter.Tools.Workspace.Files;

/// <summary>What is at a path.</summary>
internal enum FileKind
{
    File,
    Folder,
    Link,
    Pipe,
    Socket,
    Device,
}
