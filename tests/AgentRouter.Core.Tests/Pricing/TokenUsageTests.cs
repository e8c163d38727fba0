using AgentRouter.Pricing;
using Microsoft.Extensions.AI;

namespace AgentRouter.Tests.Pricing;

public sealed class TokenUsageTests
{
    [Fact]
    public void Cached_and_written_tokens_are_taken_out_of_the_input()
    {
        var details = new UsageDetails
        {
            InputTokenCount = 1_000,
            CachedInputTokenCount = 600,
            OutputTokenCount = 50,
            AdditionalCounts = new() { [TokenUsage.CacheWriteCountKey] = 300 },
        };

        TokenUsage.FromDetails(details).ShouldBe(new TokenUsage(100, 600, 300, 50));
    }

    [Fact]
    public void A_report_without_both_counts_is_no_report()
    {
        TokenUsage.FromDetails(null).ShouldBeNull();
        TokenUsage.FromDetails(new UsageDetails { InputTokenCount = 3 }).ShouldBeNull();
        TokenUsage.FromDetails(new UsageDetails { OutputTokenCount = 3 }).ShouldBeNull();
        TokenUsage.FromDetails(new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0 }).ShouldBeNull();
        TokenUsage.FromDetails(new UsageDetails { InputTokenCount = -1, OutputTokenCount = 3 }).ShouldBeNull();
    }

    [Fact]
    public void A_provider_that_reports_more_cached_than_input_does_not_make_tokens_negative()
    {
        var details = new UsageDetails { InputTokenCount = 10, CachedInputTokenCount = 99, OutputTokenCount = 1 };
        TokenUsage.FromDetails(details).ShouldBe(new TokenUsage(0, 10, 0, 1));
    }
}
