using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Pricing;

namespace AgentRouter.Core.Tests.Pricing;

public sealed class PriceTableTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".yaml");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void The_shipped_table_is_dated_and_names_a_source_for_every_vendor()
    {
        PriceTable table = PriceTable.Shipped;

        table.AsOf.Year.ShouldBeGreaterThanOrEqualTo(2025);
        table.Entries.Count.ShouldBeGreaterThan(25);
        table.Entries.ShouldAllBe(entry => table.Sources.ContainsKey(entry.Vendor!));
    }

    [Fact]
    public void Every_shipped_entry_is_plausible()
    {
        foreach (PriceTableEntry entry in PriceTable.Shipped.Entries)
        {
            entry.Prices.Output.ShouldBeGreaterThanOrEqualTo(entry.Prices.Input, entry.ModelId);
            entry.Prices.CachedRead.ShouldBeLessThanOrEqualTo(entry.Prices.Input, entry.ModelId);
            entry.Prices.CacheWrite.ShouldBeGreaterThanOrEqualTo(entry.Prices.Input, entry.ModelId);
            entry.Prices.Input.ShouldBeGreaterThan(0, entry.ModelId);
            ((long)entry.MaxOutputTokens!).ShouldBeLessThanOrEqualTo(entry.ContextWindow!.Value, entry.ModelId);
            entry.Capabilities!.Value.HasFlag(ModelCapabilities.Tools).ShouldBeTrue(entry.ModelId);
        }
    }

    [Theory]
    [InlineData("gpt-5-mini", "gpt-5-mini")]
    [InlineData("gpt-5-mini-2025-08-07", "gpt-5-mini")]
    [InlineData("claude-haiku-4-5-20251001", "claude-haiku-4-5")]
    [InlineData("gpt-4o-2024-08-06", "gpt-4o")]
    [InlineData("gpt-4o-2024-05-13", "gpt-4o-2024-05-13")]
    public void Find_takes_the_id_or_the_id_with_a_date(string asked, string found) =>
        PriceTable.Shipped.Find(asked)!.ModelId.ShouldBe(found);

    [Theory]
    [InlineData("gpt-5-mini-2025-13-07")]
    [InlineData("gpt-5-mini-turbo")]
    [InlineData("gpt-5-mini-2025")]
    [InlineData("GPT-5-MINI")]
    [InlineData("gpt-5-mini-20250807-2025-08-07")]
    [InlineData("")]
    [InlineData(null)]
    public void Find_does_not_guess(string? asked) => PriceTable.Shipped.Find(asked).ShouldBeNull();

    [Fact]
    public void A_users_file_adds_models_and_overrides_single_values()
    {
        PriceTable table = Load("""
            models:
              gpt-5-mini: { input: 0.20 }
              in-house: { input: 0.01, output: 0.02, contextWindow: 32_000, capabilities: tools }
            """);

        table.Find("gpt-5-mini")!.Prices.ShouldBe(new ModelPrices(0.20m, 2m, 0.025m, 0.25m));
        table.Find("gpt-5-mini")!.Location.ShouldBe(_file + ":2:15");
        PriceTableEntry own = table.Find("in-house")!;
        own.Prices.ShouldBe(new ModelPrices(0.01m, 0.02m));
        own.ContextWindow.ShouldBe(32_000);
        own.Capabilities.ShouldBe(ModelCapabilities.Tools);
        table.Find("gpt-5")!.ShouldBe(PriceTable.Shipped.Find("gpt-5"));
        table.AsOf.ShouldBe(PriceTable.Shipped.AsOf);
        PriceTable.Shipped.Find("gpt-5-mini")!.Prices.Input.ShouldBe(0.25m);
    }

    [Theory]
    [InlineData("-1", "from 0 to")]
    [InlineData("NaN", "must be a number")]
    [InlineData("Infinity", "must be a number")]
    [InlineData("1e3", "must be a number")]
    [InlineData("1 5", "must be a number")]
    [InlineData("0.1234567", "six decimals")]
    [InlineData("1000001", "from 0 to")]
    [InlineData("[1]", "must be a number")]
    [InlineData("~", "must be a number")]
    public void A_wrong_price_is_refused_with_its_place(string price, string message)
    {
        string text = Should.Throw<ConfigurationException>(() => Load($"models:\n  m: {{ input: {price}, output: 1 }}")).Message;

        text.ShouldContain(message);
        text.ShouldStartWith(_file + ":2:15: input of model 'm'");
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        string text = Should.Throw<ConfigurationException>(() => Load("""
            asOf: tomorrow
            models:
              a: { input: 1 }
              b: { input: 1, output: 2, colour: red, contextWindow: many, cacheTimeToLive: soon, capabilities: [dance] }
            extra: 1
            """)).Message;

        string[] lines = text.Split('\n');
        lines.Length.ShouldBe(7);
        lines.ShouldContain(line => line.Contains(":1:7: asOf must be a day"));
        lines.ShouldContain(line => line.Contains(":3:6: model 'a' has no 'output' price"));
        lines.ShouldContain(line => line.Contains("model 'b' has no key 'colour'"));
        lines.ShouldContain(line => line.Contains(":5:1: a price file has no key 'extra'"));
    }

    [Theory]
    [InlineData("models: &a { x: *a }", "aliases")]
    [InlineData("models: { a: { input: 1, input: 2, output: 1 } }", "uplicate")]
    [InlineData("- a", "key: value")]
    [InlineData("", "key: value")]
    [InlineData("models: [", ":1:")]
    [InlineData("asOf: 2026-01-01", "no 'models'")]
    public void A_file_that_is_no_price_table_is_refused(string yaml, string message) =>
        Should.Throw<ConfigurationException>(() => Load(yaml)).Message.ShouldContain(message);

    [Fact]
    public void A_file_that_nests_without_end_is_refused() =>
        Should.Throw<ConfigurationException>(() => Load("models: " + new string('[', 100_000))).Message.ShouldContain("nesting");

    [Fact]
    public void A_missing_file_is_named() =>
        Should.Throw<ConfigurationException>(() => PriceTable.Load(_file)).Message.ShouldStartWith(_file);

    private PriceTable Load(string yaml)
    {
        File.WriteAllText(_file, yaml);
        return PriceTable.Load(_file);
    }
}
