using Microsoft.Extensions.AI;

namespace AgentRouter.Tools.Capabilities.Import;

/// <summary>A capability graph that was made of tools by what they say of themselves, and notes on what could not be made of them.</summary>
/// <remarks>
/// A tool provides its own name, or what <see cref="ProvidesAttribute"/> or <see cref="ToolDescription.Capability"/> says, and the fields of its result where it
/// has no effect; it needs its required parameters, each the fact of its name unless <see cref="NeedsAttribute"/> says otherwise. What it does to the world is
/// what its hints say, and <see cref="ToolEffect.Once"/> where it is silent. Tools are not called, and one that is odd is left out with a note.
/// </remarks>
public sealed class CapabilityImport
{
    internal CapabilityImport(CapabilityGraph graph, IReadOnlyList<string> notes) => (Graph, Notes) = (graph, notes);

    /// <summary>Gets the graph.</summary>
    public CapabilityGraph Graph { get; }

    /// <summary>Gets what could not be mapped, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Makes a graph of functions, kernel functions among them.</summary>
    /// <param name="functions">The functions; those that <see cref="AIFunctionFactory"/> made of methods have their attributes read.</param>
    /// <param name="options">How, or <see langword="null"/> for all defaults.</param>
    public static CapabilityImport FromFunctions(IEnumerable<AIFunction> functions, CapabilityImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(functions);
        var builder = new ImportBuilder(options ?? new CapabilityImportOptions());
        foreach (AIFunction function in functions)
            builder.Add(function.Name, function, description: null);
        return builder.Build();
    }

    /// <summary>Makes a graph of open tools. Tools that declare one <see cref="ToolDescription.Capability"/> provide it both.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="options">How, or <see langword="null"/> for all defaults.</param>
    public static CapabilityImport FromTools(IEnumerable<OpenTool> tools, CapabilityImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tools);
        var builder = new ImportBuilder(options ?? new CapabilityImportOptions());
        foreach (OpenTool tool in tools)
            builder.Add(tool.Description.FullName, tool.Function, tool.Description);
        return builder.Build();
    }

    /// <summary>Opens sources, MCP servers for example, makes a graph of their tools and closes them. A source that cannot be opened is noted.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="context">What they are opened for.</param>
    /// <param name="options">How, or <see langword="null"/> for all defaults.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    public static async Task<CapabilityImport> FromSourcesAsync(
        IEnumerable<IToolSource> sources, ToolContext context, CapabilityImportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(context);
        var builder = new ImportBuilder(options ?? new CapabilityImportOptions());
        foreach (IToolSource source in sources)
        {
            try
            {
                await using IToolSession session = await source.OpenAsync(context, cancellationToken).ConfigureAwait(false);
                foreach (OpenTool tool in session.Tools)
                    builder.Add(tool.Description.FullName, tool.Function, tool.Description);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                builder.Note($"The tools of '{source.Name}' are not in the graph: {exception.Message}");
            }
        }

        return builder.Build();
    }
}
