using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Routing;
using AgentRouter.Routing.Agreement;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Bandit;
using AgentRouter.Routing.Policies.Boundary;
using AgentRouter.Routing.Policies.Cascade;
using AgentRouter.Routing.Policies.FirstLarge;
using AgentRouter.Routing.Policies.Fixed;
using AgentRouter.Routing.Policies.Hysteresis;
using AgentRouter.Routing.Policies.Refusal;
using AgentRouter.Routing.Policies.Risk;
using AgentRouter.Routing.Policies.Rules;
using AgentRouter.Routing.Policies.Sticky;
using AgentRouter.Routing.Policies.Threshold;
using Microsoft.Extensions.AI;

namespace AgentRouter.Testing.Tests;

/// <summary>The C# of the README and of the pages on budgets and policies, as users write it.</summary>
public sealed class RouterSnippets
{
    private readonly ModelSet _models = TestModels.From(TestScript.For().Always().Says("Hello."));

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/budgets.md")]
    [InlineData("docs/policies/bandit.md")]
    [InlineData("docs/policies/boundary.md")]
    [InlineData("docs/policies/cascade.md")]
    [InlineData("docs/policies/first-large.md")]
    [InlineData("docs/policies/fixed.md")]
    [InlineData("docs/policies/hysteresis.md")]
    [InlineData("docs/policies/refusal.md")]
    [InlineData("docs/policies/risk.md")]
    [InlineData("docs/policies/rules.md")]
    [InlineData("docs/policies/sticky.md")]
    [InlineData("docs/policies/threshold.md")]
    public void The_page_shows_nothing_else(string page) => DocumentedSnippets.ShouldBeCompiledHere(page, atLeast: 1);

    [Fact]
    public async Task A_chat_client_is_routed_under_a_budget()
    {
        ModelSet models = _models;
        ChatMessage[] messages = [new(ChatRole.User, "Hi.")];
        ChatOptions? options = null;
        IServiceProvider? services = null;
        CancellationToken cancellationToken = CancellationToken.None;

        IChatClient client = new ChatClientBuilder(models)          // models: a ModelSet, tiers by name
            .UseFunctionInvocation()
            .UseStepRouting(router => router.UseBoundary())
            .Build(services);
        using var task = client.BeginTask(new Budget { Usd = 0.25m });
        ChatResponse answer = await client.GetResponseAsync(messages, options, cancellationToken);

        answer.Text.ShouldBe("Hello.");
        answer.ModelId.ShouldBe("scripted-small");
        task.Ledger.Snapshot().Spent.Calls.ShouldBe(1);
    }

    [Fact]
    public void A_task_has_several_limits()
    {
        using var client = new StepRoutingChatClient(_models);

        using var task = client.BeginTask(new Budget { Usd = 0.25m, Calls = 40 });

        task.Ledger.Snapshot().LimitCalls.ShouldBe(40);
    }

    [Fact]
    public void Policies_are_chosen_by_name()
    {
        PolicyOf(new ChatClientBuilder(_models)
            .UseStepRouting(router => router.UseCascade(options => options.SuccessValueUsd = 2.50m))
            .Build()).ShouldBe("cascade");
        PolicyOf(new ChatClientBuilder(_models)
            .UseStepRouting(router => router.UseBandit(options => options.StatePath = "bandit.json"))
            .Build()).ShouldBe("bandit");
        PolicyOf(new ChatClientBuilder(_models)
            .UseStepRouting(router => router.UseThreshold().UseHysteresis(options => options.UpgradeValueUsd = 0.02m))
            .Build()).ShouldBe("threshold+hysteresis");
        PolicyOf(new ChatClientBuilder(_models)
            .UseStepRouting(router => router.UseThreshold().UseRefusal(options => options.Scope.Add("flight")))
            .Build()).ShouldBe("threshold+refusal");
        PolicyOf(new ChatClientBuilder(_models)
            .UseStepRouting(router => router.UseThreshold().UseRisk(options => options.Tools.Add("*_refund")))
            .Build()).ShouldBe("threshold+risk");
        PolicyOf(new ChatClientBuilder(_models)
            .UseStepRouting(router => router.UseFirstLarge(options => options.Calls = 3))
            .Build()).ShouldBe("first-large");
        PolicyOf(new ChatClientBuilder(_models)
            .UseStepRouting(router => router.UseAlwaysLarge())
            .Build()).ShouldBe("always-large");
        PolicyOf(new ChatClientBuilder(_models)
            .UseStepRouting(router => router.UseRules(
                RoutingRule.Parse("recentToolErrors >= 3", "large"),
                RoutingRule.Otherwise("small")))
            .Build()).ShouldBe("rules");
        PolicyOf(new ChatClientBuilder(_models)
            .UseStepRouting(router => router.UseThreshold().UseSticky())
            .Build()).ShouldBe("threshold+sticky");
        PolicyOf(new ChatClientBuilder(_models)
            .UseStepRouting(router => router.UseThreshold(options => options.Characters = 2000))
            .Build()).ShouldBe("threshold");
    }

    [Fact]
    public void A_policy_file_that_is_not_there_is_said_when_the_router_is_made() =>
        Should.Throw<ConfigurationException>(() => new ChatClientBuilder(_models)
            .UseStepRouting(router => router.UseBoundary(o => o.File = "policy.json"))
            .Build()).Message.ShouldContain("There is no policy file policy.json");

    [Fact]
    public async Task A_bandit_is_warmed_up_with_recorded_outcomes()
    {
        string folder = Directory.CreateTempSubdirectory("bandit").FullName;
        string state = Path.Combine(folder, "bandit.json"), outcomes = Path.Combine(folder, "outcomes.jsonl");
        await File.WriteAllTextAsync(outcomes, """{"id":"1","group":"node work","models":{"scripted-small":{"score":1,"costUsd":0.001}}}""");

        var policy = new BanditPolicy(new BanditPolicyOptions { StatePath = state });    // bandit.json
        policy.WarmUp(await OutcomeTable.LoadAsync([outcomes]));                         // as 'runs export' writes it
        policy.Flush();

        File.Exists(state).ShouldBeTrue();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Cheap_answers_agree_or_a_larger_model_is_asked()
    {
        ModelSet models = _models;

        IChatClient client = new ChatClientBuilder(models)
            .UseFunctionInvocation()
            .UseAgreement(options => (options.Samples, options.Agreement) = (3, 2))
            .UseStepRouting(router => router.UseCascade())
            .Build();

        client.GetService<AgreementChatClient>().ShouldNotBeNull();
    }

    private static string PolicyOf(IChatClient client) => client.GetService<StepRoutingChatClient>().ShouldNotBeNull().PolicyName;
}
