namespace AgentRouter.Skills.Text;

/// <summary>The fields of a tool in a catalogue.</summary>
internal enum ToolField
{
    Name,
    Description,

    /// <summary>The server, the provider and the category.</summary>
    Group,

    /// <summary>Names and descriptions of the parameters, and the values they may take.</summary>
    Parameters,

    ServerDescription,
}
