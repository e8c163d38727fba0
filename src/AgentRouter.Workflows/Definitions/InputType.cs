namespace AgentRouter.Workflows.Definitions;

/// <summary>The type of an input.</summary>
public enum InputType
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A file that exists; relative paths start at the workspace the workflow was loaded from.</summary>
    File,

    /// <summary>A folder that exists.</summary>
    Directory,

    /// <summary>A list of texts.</summary>
    List,
}
