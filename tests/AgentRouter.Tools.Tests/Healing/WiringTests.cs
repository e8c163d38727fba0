using System.Text.Json.Nodes;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Health;
using Microsoft.Extensions.AI;
using static AgentRouter.Tools.Tests.Healing.TestGraphs;

namespace AgentRouter.Tools.Tests.Healing;

/// <summary>What somebody who wires up functions for the first time gets wrong.</summary>
public sealed class WiringTests
{
    private static readonly CapabilityGraph Cards = new([Look("geocode", "place", "city"), Tool("postcard", "postcard", "city place")], [new CapabilityFact("city", DataType.Text)]);

    private readonly List<string> _called = [];
    private readonly ScriptedTools _events = new();

    [Fact]
    public async Task A_function_that_the_caller_does_not_have_is_named()
    {
        GoalResult result = await ReachAsync("Lyon", Geocode);

        result.Status.ShouldBe(GoalStatus.Failed);
        result.Reason.ShouldBe("No path leads to postcard from city. The caller has no tool named 'postcard'.");
        _called.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fact_that_the_graph_does_not_have_is_named()
    {
        GoalResult result = await ReachAsync(Cards, "cty", "Lyon", Geocode, Postcard);

        result.Reason.ShouldBe("No path leads to postcard from cty. 'cty' is no fact of the graph. Did you mean 'city'?");
    }

    [Fact]
    public async Task A_parameter_that_nothing_can_give_is_found_before_anything_is_called()
    {
        GoalResult result = await ReachAsync("Lyon", Geocode, Function("postcard", (string town, string place) => Log("postcard", town + place)));

        result.Status.ShouldBe(GoalStatus.Failed);
        result.Reason.ShouldBe("postcard: 'town' is not known, and postcard must be given it. Name a fact or a capability so, or say where it comes from: 'with' of tool 'postcard' in YAML, Arguments in C#.");
        _called.ShouldBeEmpty();
        _events.Events.OfType<GoalEscalated>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_stand_in_takes_over_from_a_tool_that_can_never_be_called()
    {
        CapabilityGraph graph = new(
            [Look("geocode", "place", "city"), Tool("postcard", "postcard", "city place"), Tool("letter", "postcard", "place", cost: 2)], [new CapabilityFact("city", DataType.Text)]);

        GoalResult result = await ReachAsync(
            graph, "city", "Lyon", Geocode, Function("postcard", (string town) => Log("postcard", town)), Function("letter", (string place) => Log("letter", place)));

        result.Status.ShouldBe(GoalStatus.Reached);
        _called.ShouldBe(["geocode", "letter"]);
        _events.Events.OfType<ToolRerouted>().ShouldHaveSingleItem().Tool.ShouldBe("postcard");
    }

    [Fact]
    public async Task A_fact_of_another_type_is_refused_before_anything_is_called()
    {
        GoalResult result = await ReachAsync(5, Geocode, Postcard);

        result.Status.ShouldBe(GoalStatus.Failed);
        result.Reason.ShouldBe("Nothing was called: the fact 'city' is not a text.");
        result.Attempts.ShouldBeEmpty();
        _called.ShouldBeEmpty();
        _events.Events.ShouldHaveSingleItem().ShouldBeOfType<GoalEscalated>().To.ShouldBe("nobody");
    }

    [Fact]
    public async Task What_a_tool_returned_and_another_one_cannot_take_is_no_doubt()
    {
        AIFunction geocode = Function("geocode", (string city) => 45.8);

        GoalResult result = await ReachAsync("Lyon", geocode, Postcard);

        result.Reason.ShouldBe("postcard: postcard was not called: the argument 'place' is not a text.");
        result.LeftBehind.ShouldBeEmpty();
        result.Attempts.Select(attempt => attempt.Tool).ShouldBe(["geocode", "postcard"]);
    }

    [Fact]
    public async Task A_function_that_reads_no_json_after_its_work_is_in_doubt()
    {
        AIFunction postcard = Function("postcard", (string city, string place) => JsonNode.Parse($"sent to {city}")!.ToString());

        (await ReachAsync("Lyon", Geocode, postcard)).LeftBehind.ShouldBe(["postcard"]);
    }

    [Fact]
    public async Task Functions_are_called_by_their_own_names() =>
        (await ReachAsync("Lyon", Geocode, Postcard)).Facts["postcard"]!.GetValue<string>().ShouldBe("Lyon: 45.8");

    [Fact]
    public void Two_functions_of_one_name_are_refused() => Should.Throw<ArgumentException>(() => new FunctionToolCaller([Postcard, Postcard]));

    private AIFunction Geocode => Function("geocode", (string city) => Log("geocode", "45.8"));

    private AIFunction Postcard => Function("postcard", (string city, string place) => Log("postcard", $"{city}: {place}"));

    private static AIFunction Function(string name, Delegate does) => AIFunctionFactory.Create(does, name);

    private string Log(string name, string result)
    {
        _called.Add(name);
        return result;
    }

    private Task<GoalResult> ReachAsync(JsonNode city, params AIFunction[] functions) => ReachAsync(Cards, "city", city, functions);

    private Task<GoalResult> ReachAsync(CapabilityGraph graph, string fact, JsonNode value, params AIFunction[] functions) =>
        new ToolHealer(graph, new ToolHealthRegistry()).ReachAsync(new GoalRequest(graph.FindGoal("postcard")!, new FunctionToolCaller(functions))
        {
            Key = "1",
            Facts = new JsonObject { [fact] = value },
            Events = _events,
        });
}
