using System.Text;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Learning;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies;
using AgentRouter.Routing.Policies.Capability;
using AgentRouter.Routing.Policies.Capability.Model;
using AgentRouter.Routing.PolicyFiles;
using AgentRouter.Routing.Tasks;
using AgentRouter.Routing.Tests.Learning;

namespace AgentRouter.Routing.Tests.Policies.Capability;

public sealed class CapabilityPolicyTests
{
    private const string Hard = "Explain why the tests fail in src/Cart.cs and fix the bug.";

    private readonly RoutingFixture _fixture = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_plain_goes_to_the_cheapest_and_what_is_hard_to_a_strong_model(bool streaming)
    {
        StepRoutingChatClient router = Router(Model("small-1", "small", 0.1m), Model("large-1", "large", 2m));
        using TaskScope task = _fixture.Begin(router);

        (await AskAsync(router, streaming, "Say hello.")).ShouldBe("small-1");
        (await AskAsync(router, streaming, Hard)).ShouldBe("large-1");

        Reasons().ShouldBe(
        [
            "nothing special is required: the cheapest that is short by at most 0.20",
            "requires debugging 0.70: the cheapest that is short by at most 0.20",
        ]);
    }

    [Fact]
    public async Task A_failed_check_asks_for_more_and_a_passed_one_forgets_it()
    {
        StepRoutingChatClient router = Router(Model("small-1", "small", 0.1m), Model("large-1", "large", 2m));
        using TaskScope task = _fixture.Begin(router);

        (await AskAsync(router, false, "Say hello.")).ShouldBe("small-1");
        task.Report(passed: false);
        (await AskAsync(router, false, "Say hello.")).ShouldBe("large-1");
        task.Report(passed: true);
        (await AskAsync(router, false, "Say hello.")).ShouldBe("small-1");
    }

    [Fact]
    public async Task Another_model_is_a_line_of_configuration()
    {
        // in the small tier, cheap, and good at finding bugs: its tier's rank does not say it
        ModelProfile finder = Model("finder", "small", 0.2m) with { Strengths = new ModelStrengths { Reasoning = 0.7, Code = 0.8, Debugging = 0.9, Tools = 0.6 } };
        StepRoutingChatClient router = Router(Model("small-1", "small", 0.1m), finder, Model("large-1", "large", 2m));
        using TaskScope task = _fixture.Begin(router);

        (await AskAsync(router, false, Hard)).ShouldBe("finder");
        (await AskAsync(router, false, "Say hello.")).ShouldBe("small-1");
    }

    [Fact]
    public async Task Where_no_model_is_strong_enough_the_one_that_falls_least_short_is_taken()
    {
        _fixture.Options.UseCapability(options => options.Tau = 0);
        ModelProfile weak = Model("large-1", "large", 2m) with { Strengths = new ModelStrengths { Reasoning = 0.5, Code = 0.5, Debugging = 0.5, Tools = 0.5 } };
        StepRoutingChatClient router = Router(Model("small-1", "small", 0.1m), weak);
        using TaskScope task = _fixture.Begin(router);

        (await AskAsync(router, false, Hard)).ShouldBe("large-1");
        Reasons().ShouldHaveSingleItem().ShouldStartWith("requires debugging 0.70: no model is short by at most 0.00, this one least, by 0.");
    }

    [Fact]
    public async Task A_dimension_that_counts_nothing_is_not_required()
    {
        _fixture.Options.UseCapability(options =>
        {
            options.Weights[Strength.Debugging] = 0;
            options.Weights[Strength.Reasoning] = 0;
        });
        StepRoutingChatClient router = Router(Model("small-1", "small", 0.1m), Model("large-1", "large", 2m));
        using TaskScope task = _fixture.Begin(router);

        (await AskAsync(router, false, Hard)).ShouldBe("small-1");
    }

    [Fact]
    public async Task One_tier_alone_is_always_strong_enough_and_the_cheapest_is_taken()
    {
        StepRoutingChatClient router = Router(Model("dear", "only", 2m), Model("cheap", "only", 0.1m));
        using TaskScope task = _fixture.Begin(router);

        (await AskAsync(router, false, Hard)).ShouldBe("cheap");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Trained_requirements_are_read_from_a_file(bool streaming)
    {
        string file = await SaveAsync(Trained());
        try
        {
            _fixture.Options.UseCapability(options => (options.File, options.Tau) = (file, 0.2));
            StepRoutingChatClient router = Router(Model("small", "small", 0.1m), Model("large", "large", 2m));
            using TaskScope task = _fixture.Begin(router);

            (await AskAsync(router, streaming, LearningFixture.Prompt(1))).ShouldBe("small");
            (await AskAsync(router, streaming, LearningFixture.Prompt(3))).ShouldBe("large");

            CandidateSummary[] candidates = [.. _fixture.Events.OfType<StepRouted>().Last().Candidates];
            candidates[0].PredictedSuccess!.Value.ShouldBeLessThan(0.5);
            candidates[1].PredictedSuccess!.Value.ShouldBeGreaterThan(0.5);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_model_that_was_not_trained_on_is_compared_by_its_strengths()
    {
        _fixture.Options.Policy = new CapabilityPolicy(Trained(), new CapabilityPolicyOptions { Tau = 0.2 });
        ModelProfile strong = Model("newcomer", "small", 0.5m) with { Strengths = new ModelStrengths { Reasoning = 0.9, Code = 0.9, Debugging = 0.9, Tools = 0.9 } };
        StepRoutingChatClient router = Router(Model("small", "small", 0.1m), strong, Model("large", "large", 2m));
        using TaskScope task = _fixture.Begin(router);

        (await AskAsync(router, false, LearningFixture.Prompt(3))).ShouldBe("newcomer");
        (await AskAsync(router, false, LearningFixture.Prompt(1))).ShouldBe("small");
    }

    [Fact]
    public async Task The_tasks_state_counts_for_trained_models_too()
    {
        _fixture.Options.Policy = new CapabilityPolicy(Trained(), new CapabilityPolicyOptions { Tau = 0.2 });
        StepRoutingChatClient router = Router(Model("small", "small", 0.1m), Model("large", "large", 2m));
        using TaskScope task = _fixture.Begin(router);

        (await AskAsync(router, false, LearningFixture.Prompt(1))).ShouldBe("small");
        task.Report(passed: false);
        (await AskAsync(router, false, LearningFixture.Prompt(1))).ShouldBe("large");
    }

    [Fact]
    public void A_file_is_read_back_as_it_was_written()
    {
        CapabilityModel model = Trained();
        byte[] text = PolicyFile.Write("capability", new PolicyCard(), json => CapabilityModelJson.Write(json, model));

        CapabilityModel read = CapabilityModelJson.Read(PolicyFile.Parse(text, "p.json").Body);

        PolicyFile.Write("capability", new PolicyCard(), json => CapabilityModelJson.Write(json, read)).ShouldBe(text);
    }

    [Theory]
    [InlineData("\"tau\": 0.1", "\"tau\": 2", "'learned.tau' is not a number in its range")]
    [InlineData("\"wholeGain\": 0.5", "\"wholeGain\": 0", "'learned.wholeGain' is not above 0")]
    [InlineData("\"model\": \"small\"", "\"model\": \"other\"", "'learned.strengths' is not for the models of the predictor")]
    [InlineData("\"code\": 0.9", "\"code\": 9", "is not a number in its range")]
    [InlineData("\"policy\": \"capability\"", "\"policy\": \"boundary\"", "is for the policy 'boundary', not for 'capability'")]
    public async Task A_file_that_does_not_fit_is_refused_with_the_place(string part, string instead, string reason)
    {
        string text = Encoding.UTF8.GetString(PolicyFile.Write("capability", new PolicyCard(), json => CapabilityModelJson.Write(json, Trained())));
        text.ShouldContain(part);
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, text.Replace(part, instead, StringComparison.Ordinal));

        Should.Throw<ConfigurationException>(() => new CapabilityPolicy(new CapabilityPolicyOptions { File = file })).Message.ShouldContain(reason);

        File.Delete(file);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new CapabilityPolicy(new CapabilityPolicyOptions { Tau = 1.1 }));
        Should.Throw<ArgumentOutOfRangeException>(() => new CapabilityPolicy(new CapabilityPolicyOptions { Tau = double.NaN }));
        Should.Throw<ArgumentOutOfRangeException>(() => new CapabilityPolicy(new CapabilityPolicyOptions { Weights = { [Strength.Code] = -1 } }));
        Should.Throw<ArgumentOutOfRangeException>(() => new ModelStrengths { Code = 1.5 });
        Should.Throw<ArgumentException>(() => new CapabilityPolicy(new CapabilityPolicyOptions
        {
            Weights = { [Strength.Reasoning] = 0, [Strength.Code] = 0, [Strength.Debugging] = 0, [Strength.Tools] = 0 },
        }));
    }

    [Theory]
    [InlineData("tau", "much", "'tau' is a number from 0 to 1, not 'much'")]
    [InlineData("tau", "3", "Tau is between 0 and 1")]
    [InlineData("weights", "code", "'weights' has a number from 0 for each strength, such as { code: 2, tools: 0.5 }, not 'code'")]
    [InlineData("weights", "cod=2", "There is no strength 'cod'. Did you mean 'code'?")]
    [InlineData("weights", "code=2, tools=-1", "not 'tools=-1'")]
    [InlineData("file", "no-such.json", "There is no policy file")]
    public void Settings_that_do_not_fit_are_named(string key, string value, string reason) =>
        Should.Throw<ConfigurationException>(() => RoutingPolicies.Create("capability", new PolicySettings { Values = new Dictionary<string, string> { [key] = value } }))
            .Message.ShouldContain(reason);

    [Fact]
    public void Settings_are_read() =>
        RoutingPolicies.Create("capability", new PolicySettings { Values = new Dictionary<string, string> { ["tau"] = "0.1", ["weights"] = "code=2, tools=0.5" } })
            .ShouldBeOfType<CapabilityPolicy>();

    private static CapabilityModel Trained()
    {
        OutcomeTable table = LearningFixture.Table();
        return new CapabilityModel(
            SuccessPredictor.Train(table, LearningFixture.Models, LearningFixture.Quick, seed: 1), [[0.6, 0.6, 0.6, 0.6], [0.9, 0.9, 0.9, 0.9]], wholeGain: 0.5, tau: 0.1);
    }

    private static async Task<string> SaveAsync(CapabilityModel model)
    {
        string file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, PolicyFile.Write("capability", new PolicyCard(), json => CapabilityModelJson.Write(json, model)));
        return file;
    }

    private static ModelProfile Model(string name, string tier, decimal price) =>
        new() { Name = name, Tier = tier, Prices = new ModelPrices(price, 4 * price), MaxOutputTokens = 1_000 };

    private StepRoutingChatClient Router(params ModelProfile[] profiles)
    {
        if (_fixture.Options.Policy is not CapabilityPolicy)
            _fixture.Options.UseCapability();
        _fixture.Options.TimeProvider = _fixture.Clock;
        var models = new ModelSet(profiles.Select(profile => profile.Tier).Distinct());
        foreach (ModelProfile profile in profiles)
            models.Add(profile, CallbackChatClient.Says(profile.Name));
        return new StepRoutingChatClient(models, _fixture.Options);
    }

    private static async Task<string> AskAsync(StepRoutingChatClient router, bool streaming, string prompt) =>
        (await RoutingFixture.AskAsync(router, streaming, prompt)).Text;

    private string[] Reasons() => [.. _fixture.Events.OfType<StepRouted>().Select(routed => routed.Reason)];
}
