using System.Text.Json;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Pricing;

namespace AgentRouter.Tests.Events;

public sealed class RunEventJsonTests
{
    [Fact]
    public void An_event_is_one_line_named_by_a_string_and_comes_back_equal()
    {
        RunEvent settled = new BudgetSettled("small", BudgetAmount.OneCall(Money.FromUsd(0.000123m), 42), false, new BudgetSnapshot { LimitUsd = Money.FromUsd(0.25m) })
        {
            Sequence = 7,
            Time = DateTimeOffset.UnixEpoch,
            RunId = "run-1",
            Node = "code",
            Step = 3,
        };

        string line = RunEventJson.Serialize(settled);

        line.ShouldStartWith("{\"event\":\"budget.settled\",\"sequence\":7,");
        line.ShouldContain("\"usd\":0.000123");
        line.ShouldNotContain("\n");
        RunEventJson.Deserialize(line).ShouldBe(settled);
    }

    [Fact]
    public void Every_kind_of_event_has_a_name_in_JSON()
    {
        Type[] kinds = [.. typeof(RunEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RunEvent)))];
        var named = typeof(RunEvent).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false)
            .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().ToDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);

        kinds.ShouldAllBe(kind => kind.IsSealed);
        named.Keys.ShouldBe(kinds, ignoreOrder: true);
        named.Values.Distinct().Count().ShouldBe(kinds.Length);
    }

    [Fact]
    public void A_line_of_an_unknown_kind_is_refused() =>
        Should.Throw<JsonException>(() => RunEventJson.Deserialize("{\"event\":\"run.exploded\"}"));
}
