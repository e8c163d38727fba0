using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Nodes.End;
using AgentRouter.Workflows.Nodes.Parallel;
using AgentRouter.Workflows.Nodes.Tool;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Tests.Validation;

public class WorkflowValidatorTests
{
    private static readonly EndNode Done = new() { Name = "done", Outcome = RunOutcome.Succeeded };

    [Fact]
    public void A_workflow_made_in_code_is_right_when_there_is_nothing_to_say() =>
        WorkflowValidator.Validate(Of(Agent("work", "done"), Done)).ShouldBeEmpty();

    [Fact]
    public void A_workflow_made_in_code_is_checked_as_one_from_yaml_is()
    {
        var workflow = new WorkflowDefinition
        {
            Name = "w",
            Inputs = [new InputDefinition { Name = "count", Type = InputType.Number, Default = JsonValue.Create("x") }],
            Budget = new Budget { Usd = 0, ReserveForWrapUp = 0.9m },
            Router = new RouterDefinition { Policy = "ruls" },
            Nodes =
            [
                Agent("work", "tset"),
                new ToolNode
                {
                    Name = "test",
                    Tool = "workspace.read",
                    Arguments = new Dictionary<string, object?> { ["file"] = Template.Parse("{{ wrok }}", ExpressionNames.Unchecked) },
                    Verify = Expression.Parse("nothing.here", ExpressionNames.Unchecked),
                    Next = [new EdgeDefinition("done", Expression.Parse("inputs.count == 'a'", ExpressionNames.Unchecked), default)],
                },
                Done with { Name = "my-end" },
                Done,
            ],
        };

        Messages(WorkflowValidator.Validate(workflow)).ShouldBe(
        [
            "'my-end' cannot be the name of a node: expressions could not read it.",
            "The input 'count' takes a number, not \"x\".",
            "A budget's limit is above zero, but usd is 0.",
            "'reserveForWrapUp' is between 0% and 50% of the budget.",
            "There is no routing policy 'ruls'.",
            "There is no node 'tset'.",
            "The run fails at 'test' if none of these conditions holds.",
            "No way leads to node 'my-end'.",
            "In 'verify': There is nothing named 'nothing' to read here. There is: inputs, error, work, test.",
            "In 'when': A number cannot be compared with a text.",
            "The tool 'workspace.read' has no parameter 'file'.",
            "The tool 'workspace.read' needs the argument 'path'.",
            "In 'file': There is nothing named 'wrok' to read here. Did you mean 'work'?",
        ], ignoreOrder: true);
    }

    [Fact]
    public void A_trap_without_an_end_is_told_once() =>
        Messages(WorkflowValidator.Validate(Of(
            Agent("a", "b") with { OnError = "done" }, Agent("b", "c"), Agent("c", "b"), Done)))
            .ShouldBe(["No way leads from 'b', 'c' to an end."]);

    [Fact]
    public void A_workflow_has_an_end_and_a_start_that_is_there()
    {
        Messages(WorkflowValidator.Validate(Of(Agent("a", "a")))).ShouldBe(["The workflow has no end."]);
        Messages(WorkflowValidator.Validate(Of(Agent("a", "done"), Done) with { Start = "b" })).ShouldBe(["There is no node 'b' to start with."]);
        Messages(WorkflowValidator.Validate(Of())).ShouldBe(["The workflow has no nodes."]);
    }

    [Fact]
    public void Names_mean_one_thing()
    {
        Messages(WorkflowValidator.Validate(Of(Agent("a", "b") with { Output = "b" }, Agent("b", "a2"), Agent("a2", "done") with { Output = "error" }, Done)))
            .ShouldBe(["The output 'b' of node 'a' has the name of another node or output.", "'error' cannot be the name of a output: it means something else in expressions and records."]);
        Messages(WorkflowValidator.Validate(Of(Agent("a", "done"), Agent("a", "done"), Done))).ShouldBe(["There are two nodes named 'a'."]);
    }

    [Fact]
    public void Tiers_are_those_of_the_configuration()
    {
        var options = new WorkflowLoadOptions { Configuration = new RouterConfiguration { Tiers = ["small", "large"] } };
        AgentNode node = Agent("a", "done");
        node = node with { Agent = node.Agent with { Tiers = ["huge"] } };

        Messages(WorkflowValidator.Validate(Of(node, Done) with { Router = new RouterDefinition { Tiers = ["smal"] } }, options))
            .ShouldBe(["There is no tier 'smal'.", "There is no tier 'huge'."]);
        node = node with { Agent = node.Agent with { Tiers = ["large"] } };
        Messages(WorkflowValidator.Validate(Of(node, Done) with { Router = new RouterDefinition { Tiers = ["small"] } }, options))
            .ShouldHaveSingleItem().ShouldStartWith("No model can answer for the agent 'a'");
    }

    [Fact]
    public void Settings_of_a_policy_are_checked_with_their_values()
    {
        Check(new RouterDefinition { Policy = "threshold", Settings = new Dictionary<string, string> { ["characters"] = "4000" } }).ShouldBeEmpty();
        Check(new RouterDefinition { Policy = "threshold", Settings = new Dictionary<string, string> { ["charaters"] = "4000" } }).ShouldHaveSingleItem().ShouldContain("no setting 'charaters'");
        Check(new RouterDefinition { Policy = "threshold", Settings = new Dictionary<string, string> { ["characters"] = "many" } }).ShouldHaveSingleItem().ShouldContain("many");

        static IReadOnlyList<string> Check(RouterDefinition router) => Messages(WorkflowValidator.Validate(Of(Agent("a", "done"), Done) with { Router = router }));
    }

    [Fact]
    public void The_rungs_of_a_ladder_are_tiers_or_models_that_the_router_uses()
    {
        Check("small, big-one").ShouldBeEmpty();
        Check("small, bigone").ShouldBe(["The ladder names 'bigone', but the router uses no such tier or model."]);
        Check("small, big-one", tiers: ["small"]).ShouldBe(["The ladder names 'big-one', but the router uses no such tier or model."]);

        static IReadOnlyList<string> Check(string ladder, string[]? tiers = null)
        {
            var options = new WorkflowLoadOptions
            {
                Configuration = new RouterConfiguration
                {
                    Tiers = ["small", "large"],
                    Models = [new() { Name = "big-one", Tier = "large", Prices = new ModelPrices(1m, 1m) }, new() { Name = "little-one", Tier = "small", Prices = new ModelPrices(1m, 1m) }],
                },
            };
            var router = new RouterDefinition { Policy = "cascade", Tiers = tiers, Settings = new Dictionary<string, string> { ["ladder"] = ladder } };
            return Messages(WorkflowValidator.Validate(Of(Agent("a", "done"), Done) with { Router = router }, options));
        }
    }

    [Fact]
    public void Tools_of_a_configured_server_are_taken_on_trust_and_within_its_list()
    {
        var options = new WorkflowLoadOptions
        {
            Configuration = new RouterConfiguration
            {
                McpServers = new Dictionary<string, McpServerSettings>
                {
                    ["files"] = new() { Name = "files", Command = "x", AllowedTools = ["read"] },
                    ["web"] = new() { Name = "web", Url = new Uri("http://localhost") },
                },
            },
        };

        Messages(WorkflowValidator.Validate(Of(Agent("a", "done") with { Tools = ["mcp.files", "mcp.files.read", "mcp.web.anything"] }, Done), options)).ShouldBeEmpty();
        Messages(WorkflowValidator.Validate(Of(Agent("a", "done") with { Tools = ["mcp.files.write", "mcp.other"] }, Done), options))
            .ShouldBe(["There is no tool 'mcp.files.write'.", "There is no tool 'mcp.other'."]);
        WorkflowValidator.Validate(Of(Agent("a", "done") with { Tools = ["mcp.files.read"] }, Done))
            .ShouldHaveSingleItem().Suggestion.ShouldBe("Add its server under 'mcp:' in agentrouter.yaml.");
    }

    [Fact]
    public void Branches_made_in_code_have_names_of_their_own() =>
        Messages(WorkflowValidator.Validate(Of(
            new ParallelNode { Name = "both", Branches = [Agent("a", "done") with { Next = [] }, Agent("a", "done") with { Next = [] }], Next = [new EdgeDefinition("done", null, default)] },
            Done))).ShouldBe(["There are two branches named 'a'."]);

    private static WorkflowDefinition Of(params NodeDefinition[] nodes) => new() { Name = "w", Nodes = nodes };

    private static AgentNode Agent(string name, string next) => new()
    {
        Name = name,
        Agent = new AgentDefinition { Name = name, Instructions = Template.Parse("Do it.", ExpressionNames.Unchecked) },
        Next = [new EdgeDefinition(next, null, default)],
    };

    private static IReadOnlyList<string> Messages(IEnumerable<Diagnostic> diagnostics) => [.. diagnostics.Select(diagnostic => diagnostic.Message)];
}
