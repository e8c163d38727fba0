namespace AgentRouter.Workflows.Validation;

internal enum ToolLookupKind
{
    Unknown,

    /// <summary>All tools of a source.</summary>
    Source,

    /// <summary>A tool that is known.</summary>
    Tool,

    /// <summary>A tool of a source that must be opened to know its tools.</summary>
    Trusted,
}
