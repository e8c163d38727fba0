using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Expressions;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Healing.Escalation;
using AgentRouter.Tools.Healing.Functions;
using AgentRouter.Tools.Health;
using Microsoft.Extensions.AI;

namespace AgentRouter.Testing.Tests;

/// <summary>The C# of the page on healing, as users write it.</summary>
public sealed class HealingSnippets
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void The_page_shows_nothing_else() => DocumentedSnippets.ShouldBeCompiledHere("docs/healing.md", atLeast: 4);

    [Fact]
    public async Task A_postcard_is_written_over_the_weather_service_that_is_left()
    {
        IChatClient model = TestModels.From(TestScript.For().Always().Calls("capability_send_postcard", new { city = "Lyon" }, times: 1).Always().Says("It is on its way."));

        var functions = new FunctionToolCaller(
        [
            AIFunctionFactory.Create((string city) => "45.8, 4.8", "geocode"),
            AIFunctionFactory.Create(string (string place) => throw new ToolException("The quota is used up."), "weather_a"),
            AIFunctionFactory.Create((string place) => "21 °C", "weather_b"),
            AIFunctionFactory.Create((string city, string weather) => $"{city}: {weather}", "postcard"),
        ]);
        var graph = new CapabilityGraph(
            [
                new CapabilityTool { Name = "geocode", Provides = ["place"], Needs = ["city"], Effect = ToolEffect.None },
                new CapabilityTool { Name = "weather_a", Provides = ["weather"], Needs = ["place"], Effect = ToolEffect.None },
                new CapabilityTool { Name = "weather_b", Provides = ["weather"], Needs = ["place"], Effect = ToolEffect.None, Cost = 2 },
                new CapabilityTool { Name = "postcard", Provides = ["postcard"], Needs = ["city", "weather"] },       // Effect = Once: sent is sent
            ],
            [new CapabilityFact("city", DataType.Text)],                                     // what whoever asks may give
            [new CapabilityGoal("send_postcard", ["postcard"])]);
        var healer = new ToolHealer(graph, new ToolHealthRegistry());                        // share one registry in a process

        var request = new GoalRequest(graph.Goals[0], functions) { Key = "card-1", Facts = new JsonObject { ["city"] = "Lyon" } };
        GoalResult result = await healer.ReachAsync(request);
        string card = $"{result.Status}: {result.Facts["postcard"] ?? result.Reason}";
        string[] calls = [.. result.Attempts.Select(call => call.Tool)];
        Console.WriteLine($"{card} ({string.Join(", ", calls)})");       // Reached: Lyon: 21 °C (geocode, weather_a, weather_b, postcard)

        card.ShouldBe("Reached: Lyon: 21 °C");
        calls.ShouldBe(["geocode", "weather_a", "weather_b", "postcard"]);

        IChatClient client = new ChatClientBuilder(model).UseFunctionInvocation().Build();
        ChatOptions options = new() { Tools = [.. healer.AsAIFunctions(functions)] };        // one: capability_send_postcard(city)
        ChatResponse answer = await client.GetResponseAsync("A postcard from Lyon, please.", options);

        options.Tools.ShouldHaveSingleItem().Name.ShouldBe("capability_send_postcard");
        answer.Text.ShouldBe("It is on its way.");
        answer.Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().ShouldHaveSingleItem().Result!.ToString().ShouldNotBeNull().ShouldContain("Lyon: 21");

        // a registry learns which weather service is well; here no call counts as slow, however busy the machine is
        var patient = new ToolHealer(graph, new ToolHealthRegistry(new ToolHealthOptions { UsualLatency = TimeSpan.FromHours(1) }));
        await patient.ReachAsync(request);
        (await patient.AsAIFunctions(functions).ShouldHaveSingleItem().InvokeAsync(new AIFunctionArguments { ["city"] = "Lyon" }))!.ToString().ShouldBe("Lyon: 21 °C");
        AIFunction alone = new ToolHealer(graph, new ToolHealthRegistry()).AsAIFunctions(functions).ShouldHaveSingleItem();
        (await alone.InvokeAsync(new AIFunctionArguments { ["city"] = "Lyon" })).ShouldBeAssignableTo<JsonNode>()!.ToJsonString(Readable)
            .ShouldBe("""{"postcard":"Lyon: 21 °C","note":"weather_a failed on the way; done by geocode, weather_b, postcard."}""");
    }

    [Fact]
    public void A_model_and_a_person_decide_where_no_path_is_left()
    {
        var functions = new FunctionToolCaller(Array.Empty<AIFunction>());
        var graph = new CapabilityGraph([new CapabilityTool { Name = "postcard", Provides = ["postcard"] }]);
        IChatClient client = TestModels.From(TestScript.For().Always().Says("No."));
        IHealingEscalation desk = new Desk();

        var request = new GoalRequest(graph.FindGoal("postcard")!, functions)
        {
            Key = "card-1",
            Model = new ModelEscalation(client),                                            // a step router under a budget, best
            Person = desk,                                                                  // yours: IHealingEscalation
        };

        request.Model.ShouldNotBeNull();
        request.Person.ShouldBe(desk);
    }

    [Fact]
    public async Task A_function_hands_the_key_of_its_call_to_its_service()
    {
        var bank = new KeyedBank();

        AIFunction pay = AIFunctionFactory.Create((string order, string idempotencyKey) => bank.PayAsync(order, idempotencyKey), "pay");

        var healer = new ToolHealer(new CapabilityGraph([new CapabilityTool { Name = "pay", Provides = ["payment"], Needs = ["order"] }], [new CapabilityFact("order", DataType.Text)]), new ToolHealthRegistry());
        await healer.ReachAsync(new GoalRequest(healer.Graph.FindGoal("payment")!, new FunctionToolCaller([pay])) { Key = "A-7", Facts = new JsonObject { ["order"] = "A-7" } });
        bank.Keys.ShouldBe(["A-7/pay"]);
    }

    [Fact]
    public async Task A_check_returns_what_was_lost_or_nothing()
    {
        var bank = new KeyedBank();

        // what the lost call would have returned, or null where it took no effect; "not there" must be null, and no exception
        AIFunction statement = AIFunctionFactory.Create(async (string order) => (await bank.FindAsync(order))?.Refund, "statement");

        (await statement.InvokeAsync(new AIFunctionArguments { ["order"] = "A-7" }))?.ToString().ShouldBeNullOrEmpty();
    }

    private sealed class Desk : IHealingEscalation
    {
        public ValueTask<EscalationDecision?> DecideAsync(EscalationRequest request, CancellationToken cancellationToken = default) =>
            new(new EscalationDecision(EscalationDecisionKind.GiveUp, "Nobody is there."));
    }

    private sealed class KeyedBank
    {
        public List<string> Keys { get; } = [];

        public Task<string> PayAsync(string order, string key)
        {
            Keys.Add(key);
            return Task.FromResult(order + " paid");
        }

        public Task<Booking?> FindAsync(string order) => Task.FromResult(Keys.Count == 0 ? null : new Booking(order));
    }

    private sealed record Booking(string Refund);
}
