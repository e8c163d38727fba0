namespace AgentRouter.Tools.Capabilities.Import;

/// <summary>How a graph is made of tools that say nothing of capabilities.</summary>
public sealed class CapabilityImportOptions
{
    /// <summary>Gets or sets a value indicating whether the fields of a tool's result are capabilities of it, so that other tools which need a fact of that
    /// name come after it. The default is <see langword="true"/>.</summary>
    public bool UsesResultFields { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether that holds for tools with an effect too. By default it does not: an order would be placed to learn the
    /// number of one.</summary>
    public bool UsesResultFieldsOfEffects { get; set; }

    /// <summary>Gets or sets names of fields that mean something else in each tool, and so are no capabilities. The default is a list of such words: <c>id</c>,
    /// <c>name</c>, <c>status</c>, …</summary>
    public IReadOnlyCollection<string> CommonFields { get; set; } = CapabilityImportDefaults.CommonFields;
}
