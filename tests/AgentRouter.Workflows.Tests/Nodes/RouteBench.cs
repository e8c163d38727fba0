using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes.Route;
using AgentRouter.Workflows.Tests.Engine;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Nodes;

/// <summary>Workflows with a route node, and a model that answers with the instructions of the agent that asks it.</summary>
internal static class RouteBench
{
    public static FakeModel Echo(Func<string, string>? answer = null) => new((messages, _) =>
    {
        string agent = messages[0].Text;
        return FakeModel.Text(answer?.Invoke(agent) ?? $"{agent} worked");
    });

    public static RouteCandidate Candidate(string agent, string? when = null) => new(Named(agent), when is null ? null : When(when), default);

    public static RouteCandidate Skip(string? when = null) => new(null, when is null ? null : When(when), default);

    public static AgentDefinition Named(string agent) => new() { Name = agent, Instructions = Text(agent) };

    public static RouteNode Route(params RouteCandidate[] candidates) => new()
    {
        Name = "triage",
        Candidates = candidates,
        Prompt = Text("Go."),
        Next = To("done"),
    };

    public static RouteNode Together(params RouteCandidate[] candidates) => Route(candidates) with { FanOut = candidates.Length, Refiner = Named("refiner") };

    /// <summary>A workflow that never explores, so that each choice is the preferred one.</summary>
    public static WorkflowDefinition Alone(RouteNode node, string? file = null, double exploration = 0) =>
        Workflow(node, Done(answer: "{{ triage }}")) with
        {
            Inputs = [new InputDefinition { Name = "issue", Default = "it breaks" }],
            Router = new RouterDefinition { Preferences = new PreferencesDefinition { File = file, Exploration = exploration, Seed = 7 } },
        };

    public static Expression Said(string text) => When($"contains(triage, '{text}')");
}
