using AgentRouter.Cli.Commands.Runs.Prune;

namespace AgentRouter.Cli.Tests.Commands.Runs;

public sealed class AgeTests
{
    [Theory]
    [InlineData("30d", 43_200)]
    [InlineData("12h", 720)]
    [InlineData("45m", 45)]
    [InlineData("0d", 0)]
    public void A_number_and_a_unit_are_a_time(string text, int minutes) => Age.Parse(text).ShouldBe(TimeSpan.FromMinutes(minutes));

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("30")]
    [InlineData("-1d")]
    [InlineData("1.5d")]
    [InlineData("30w")]
    [InlineData("99999999d")]
    public void Anything_else_is_none(string text) => Age.Parse(text).ShouldBeNull();
}
