namespace AgentRouter.Workflows.Drawing;

/// <summary>The shapes that every format draws.</summary>
public enum NodeShape
{
    /// <summary>A tool, or a thing.</summary>
    Box,

    /// <summary>Work by an agent.</summary>
    Rounded,

    /// <summary>A choice.</summary>
    Diamond,

    /// <summary>Several at the same time.</summary>
    Hexagon,

    /// <summary>A person.</summary>
    Slanted,

    /// <summary>The end.</summary>
    Circle,
}
