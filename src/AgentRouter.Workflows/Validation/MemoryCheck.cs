using System.Globalization;
using AgentRouter.Expressions;
using AgentRouter.Memory;
using AgentRouter.Memory.Use;
using AgentRouter.Suggestions;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Validation;

/// <summary>Checks the memory of a workflow or agent: its scopes are scopes, which read inputs alone, and it is of some use. No memory is opened.</summary>
internal static class MemoryCheck
{
    private static readonly string[] Kinds = ["user", "agent", "workflow", "project"];

    /// <summary>Checks what an agent has at a node.</summary>
    public static void Run(WorkflowChecks checks, MemoryDefinition memory, AgentDefinition agent, ExpressionNames names)
    {
        Scopes(checks, memory, names);
        if (memory.IsOff)
            return;
        MemoryDefinition whole = memory.Over(checks.Workflow.Memory);
        if (whole is { Read: null or { Count: 0 }, Write: null })
            checks.Diagnostics.Error(memory.Location, $"The memory of agent '{agent.Name}' has no scope.", "Add read: [project:NAME], write: project:NAME, or both.");
        if (memory.Tools == true && agent.MaxCalls == 1)
            checks.Diagnostics.Warning(checks.Sources.Locate(memory, memory.Location, MemoryReader.ToolsKey), $"Agent '{agent.Name}' has no call left to use the functions of its memory.", "Raise its maxCalls, or set tools: false.");
        if (memory.Effort is not (null or MemoryEffort.Low) && (whole.TopK == 0 || whole.Read is null or { Count: 0 }))
            checks.Diagnostics.Warning(checks.Sources.Locate(memory, memory.Location, MemoryReader.EffortKey), $"Nothing is recalled for the tasks of agent '{agent.Name}', with whatever effort.", "Add read: [project:NAME], raise topK, or leave out effort.");
        Writing(checks, memory, whole);
    }

    /// <summary>Checks what holds for the agents of a workflow.</summary>
    public static void Defaults(WorkflowChecks checks, MemoryDefinition memory, ExpressionNames names)
    {
        Scopes(checks, memory, names);
        if (!memory.IsOff)
            Writing(checks, memory, memory);
    }

    private static void Writing(WorkflowChecks checks, MemoryDefinition memory, MemoryDefinition whole)
    {
        if (whole is { Write: null, Remembers: not (null or MemoryRemembers.None) })
            checks.Diagnostics.Error(checks.Sources.Locate(memory, memory.Location, MemoryReader.RemembersKey), "There is no scope to remember it in.", "Add write: project:NAME.");
        else if (whole is { Write: not null, Tools: false, Remembers: null or MemoryRemembers.None })
            checks.Diagnostics.Warning(checks.Sources.Locate(memory, memory.Location, MemoryReader.WriteKey), "Nothing is ever written: there are no functions, and nothing is remembered.", "Leave out write, or add remembers: answers.");
    }

    private static void Scopes(WorkflowChecks checks, MemoryDefinition memory, ExpressionNames names)
    {
        // what a model or tool wrote chooses no scope
        var inputs = new ExpressionNames(names.Names.Where(name => name.Key == "inputs").ToDictionary(), []);
        for (int i = 0; i < (memory.Read?.Count ?? 0); i++)
        {
            string place = "#" + i.ToString(CultureInfo.InvariantCulture);
            Scope(checks, memory, memory.Read![i], inputs, checks.Sources.Has(memory, MemoryReader.ReadKey) ? [MemoryReader.ReadKey, place] : [place]);
        }

        // a scope that stands alone is read too, and was looked at
        if (memory.Write is { } write && memory.Read?.Contains(write) != true)
            Scope(checks, memory, write, inputs, [MemoryReader.WriteKey]);
    }

    private static void Scope(WorkflowChecks checks, MemoryDefinition memory, Template scope, ExpressionNames inputs, string[] path)
    {
        try
        {
            scope.Check(inputs);
        }
        catch (ExpressionException exception)
        {
            checks.Diagnostics.Error(checks.Sources.LocateText(memory, memory.Location, exception.Position, path), $"In the memory scope: {exception.Message}", "A scope reads inputs alone.");
            return;
        }

        SourceLocation at = checks.Sources.Locate(memory, memory.Location, path);
        string kind = scope.Text.Split(':', 2)[0].Trim();
        // an expression in the name is as good as a name here
        string known = scope.IsLiteral ? scope.Text : scope.Text.Contains(':', StringComparison.Ordinal) && Kinds.Contains(kind) ? kind + ":name" : scope.Text;
        try
        {
            _ = MemoryScope.Parse(known);
        }
        catch (FormatException exception)
        {
            checks.Diagnostics.Error(at, exception.Message, Kinds.Contains(kind) ? null : Suggestion.Nearest(kind, Kinds) is { } meant ? $"Did you mean '{meant}'?" : null);
        }
    }
}
