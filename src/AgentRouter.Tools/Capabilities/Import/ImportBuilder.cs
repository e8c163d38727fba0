using AgentRouter.Expressions;
using AgentRouter.Tools.Text;
using Microsoft.Extensions.AI;

namespace AgentRouter.Tools.Capabilities.Import;

/// <summary>Puts tools together to a graph, and leaves out what does not fit.</summary>
internal sealed class ImportBuilder
{
    private const int MaxNote = 400;

    private readonly ToolReading _reading;
    private readonly List<CapabilityTool> _tools = [];
    private readonly Dictionary<string, CapabilityFact> _facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _descriptions = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];

    public ImportBuilder(CapabilityImportOptions options) => _reading = new ToolReading(options, Note);

    public void Note(string note)
    {
        if (_notes.Count < CapabilityImportDefaults.MaxNotes)
            _notes.Add(OutputCapture.Shorten(TerminalText.Clean(note), MaxNote));
    }

    /// <summary>Adds a tool.</summary>
    public void Add(string name, AIFunction function, ToolDescription? description)
    {
        if (_tools.Exists(tool => tool.Name == name))
        {
            Note($"There are two tools named '{name}'; the second is left out.");
            return;
        }

        if (_tools.Count == CapabilityDefaults.MaxTools)
        {
            Note($"A graph has at most {CapabilityDefaults.MaxTools} tools; '{name}' is left out.");
            return;
        }

        CapabilityTool tool;
        try
        {
            tool = _reading.Read(name, function, description);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // the schema and the attributes are somebody else's code and text
            Note($"'{name}' is left out, since what it says of itself cannot be read: {exception.Message}");
            return;
        }

        _tools.Add(tool);
        IReadOnlyDictionary<string, CapabilityFact> parameters = ImportedSchemas.Parameters(function.JsonSchema);
        foreach (string need in tool.Needs)
            AddFact(parameters.GetValueOrDefault(need) ?? new CapabilityFact(need, DataType.Any), tool);
        if (tool.Provides is [var capability, ..] && function.Description is { Length: > 0 } text)
            _descriptions.TryAdd(capability, text);
    }

    /// <summary>Makes the graph. Tools with mistakes are left out until none is left.</summary>
    public CapabilityImport Build()
    {
        for (int i = 0; i < _tools.Count; i++)
            _tools[i] = WithKnownHelpers(_tools[i]);
        while (LeaveOutMistakes())
        {
            // without these tools others may miss something
        }

        HashSet<string> provided = [.. _tools.SelectMany(tool => tool.Provides)];
        var graph = new CapabilityGraph(_tools, Facts())
        {
            Descriptions = _descriptions.Where(description => provided.Contains(description.Key)).ToDictionary(StringComparer.Ordinal),
        };
        return new CapabilityImport(graph, _notes);
    }

    private bool LeaveOutMistakes()
    {
        bool isAnyOut = false;
        foreach (GraphProblem problem in CapabilityGraphChecks.Find(_tools, Facts(), []).Where(problem => !problem.IsWarning))
        {
            if (_tools.RemoveAll(tool => tool.Name == problem.Tool) == 0)
                continue;
            isAnyOut = true;
            Note($"'{problem.Tool}' is left out: {problem.Message}");
        }

        return isAnyOut;
    }

    // what nobody needs any more is no fact
    private CapabilityFact[] Facts()
    {
        HashSet<string> needed = [.. _tools.SelectMany(tool => tool.Needs)];
        return [.. _facts.Values.Where(fact => needed.Contains(fact.Name))];
    }

    private void AddFact(CapabilityFact fact, CapabilityTool tool)
    {
        if (!_facts.TryGetValue(fact.Name, out CapabilityFact? known))
        {
            _facts[fact.Name] = fact;
        }
        else if (known.Type != DataType.Any && !ImportedSchemas.AreSame(known.Type, fact.Type))
        {
            Note($"'{fact.Name}' is {known.Type} for one tool and {fact.Type} for '{tool.Name}'; its type is not checked.");
            _facts[fact.Name] = known with { Type = DataType.Any };
        }
    }

    private CapabilityTool WithKnownHelpers(CapabilityTool tool)
    {
        foreach ((string key, string? helper, Func<CapabilityTool, bool> fits) in new (string, string?, Func<CapabilityTool, bool>)[]
        {
            ("check", tool.Check, other => other.Effect == ToolEffect.None),
            ("undo", tool.Undo, other => other.Effect != ToolEffect.Once),
        })
        {
            if (helper is null || (tool.Effect != ToolEffect.None && _tools.Exists(other => other.Name == helper && other.Name != tool.Name && fits(other))))
                continue;
            Note($"The {key} of '{tool.Name}' is '{helper}', which is not there or has an effect that it may not have; '{tool.Name}' has no {key}.");
            tool = key == "check" ? tool with { Check = null } : tool with { Undo = null };
        }

        return tool;
    }
}
