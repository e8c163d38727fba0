using System.Text.Json;
using AgentRouter.Pricing;
using CsCheck;

namespace AgentRouter.Tests.Pricing;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(0, "$0.00")]
    [InlineData(0.25, "$0.2500")]
    [InlineData(12.3456789, "$12.3457")]
    [InlineData(0.0123, "$0.0123")]
    [InlineData(0.00042, "$0.000420")]
    [InlineData(0.0000001, "$0.000000100")]
    [InlineData(-1.5, "-$1.5000")]
    public void Money_is_written_so_that_people_see_what_matters(double usd, string written) =>
        Money.FromUsd((decimal)usd).ToString().ShouldBe(written);

    [Fact]
    public void Money_of_more_than_twelve_decimals_or_out_of_range_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Money.FromUsd(0.0000000000001m));
        Should.Throw<ArgumentOutOfRangeException>(() => Money.FromUsd(10_000_000m));
        Should.Throw<ArgumentOutOfRangeException>(() => Money.FromUsd(decimal.MaxValue));
    }

    [Fact]
    public void Sums_that_leave_the_range_throw_and_do_not_wrap() =>
        Should.Throw<OverflowException>(() => Money.MaxValue + Money.FromPicodollars(1));

    [Fact]
    public void Dollars_go_in_and_come_out_unchanged() =>
        Gen.Long[-9_000_000_000_000_000_000, 9_000_000_000_000_000_000].Sample(picodollars =>
        {
            Money money = Money.FromPicodollars(picodollars);
            Money.FromUsd(money.ToUsd()).ShouldBe(money);
            JsonSerializer.Deserialize<Money>(JsonSerializer.Serialize(money)).ShouldBe(money);
        });

    [Fact]
    public void A_token_price_is_exact_however_the_tokens_are_split() =>
        Gen.Select(Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000], Gen.Int[0, 100_000_000]).Sample((first, second, micro) =>
        {
            var prices = new ModelPrices(micro / 1_000_000m, micro / 1_000_000m);
            Money together = prices.CostOf(new TokenUsage(first + second, 0, 0, 0));
            Money apart = prices.CostOf(new TokenUsage(first, 0, 0, 0)) + prices.CostOf(new TokenUsage(0, 0, 0, second));
            together.ShouldBe(apart);
        });

    [Fact]
    public void Four_buckets_have_four_prices()
    {
        var prices = new ModelPrices(input: 3m, output: 15m, cachedRead: 0.3m, cacheWrite: 3.75m);
        prices.CostOf(new TokenUsage(1_000, 10_000, 2_000, 500)).ShouldBe(Money.FromUsd(0.003m + 0.003m + 0.0075m + 0.0075m));
    }

    [Fact]
    public void The_worst_case_covers_every_way_the_prompt_may_be_billed() =>
        Gen.Select(Gen.Int[0, 10_000_000], Gen.Int[0, 10_000_000], Gen.Int[0, 10_000_000], Gen.Int[0, 10_000_000])
            .Select(Gen.Select(Gen.Long[0, 100_000], Gen.Long[0, 100_000], Gen.Long[0, 100_000], Gen.Long[0, 100_000]), (p, t) => (p, t))
            .Sample((price, tokens) =>
            {
                var prices = new ModelPrices(price.Item1 / 1_000_000m, price.Item2 / 1_000_000m, price.Item3 / 1_000_000m, price.Item4 / 1_000_000m);
                var usage = new TokenUsage(tokens.Item1, tokens.Item2, tokens.Item3, tokens.Item4);
                prices.CostOf(usage).ShouldBeLessThanOrEqualTo(prices.WorstCost(usage.Prompt, usage.Output));
            });

    [Fact]
    public void Affordable_output_is_the_most_that_fits() =>
        Gen.Select(Gen.Long[0, 1_000_000_000], Gen.Long[0, 10_000], Gen.Int[1, 5_000_000]).Sample((available, prompt, micro) =>
        {
            var prices = new ModelPrices(micro / 1_000_000m, micro / 1_000_000m);
            Money money = Money.FromPicodollars(available);
            long output = prices.AffordableOutput(money, prompt);
            if (output < 0)
            {
                prices.WorstCost(prompt, 0).ShouldBeGreaterThan(money);
                return;
            }

            prices.WorstCost(prompt, output).ShouldBeLessThanOrEqualTo(money);
            prices.WorstCost(prompt, output + 1).ShouldBeGreaterThan(money);
        });

    [Theory]
    [InlineData(-1)]
    [InlineData(2_000_000)]
    [InlineData(0.0000001)]
    public void A_price_that_makes_no_sense_is_refused(double price) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ModelPrices((decimal)price, 1));
}
