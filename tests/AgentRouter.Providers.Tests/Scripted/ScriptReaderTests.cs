using AgentRouter.Configuration;
using AgentRouter.Providers.Scripted;

namespace AgentRouter.Providers.Tests.Scripted;

public sealed class ScriptReaderTests
{
    [Fact]
    public void All_mistakes_are_told_at_once_with_their_places()
    {
        string message = Should.Throw<ConfigurationException>(() => Script.Parse("""
            script: s
            speed: fast
            replies:
              - when: { tear: small, visit: 0, call: one }
                say: x
              - when: { lastResultMatches: '(?<=a)b' }
                say: x
              - when: { lastResultMatches: '(a)' }
                say: "{{1}} and {{2}}"
              - when: { role: [] , node: [a, ''] }
              - call: [ { arguments: [1] }, { tool: t, argument: {} } ]
              - just text
            """, "s.yaml")).Message;

        string[] lines = message.Split('\n');
        lines.ShouldAllBe(line => line.StartsWith("s.yaml:"));
        lines[0].ShouldBe("s.yaml:2:1: a script has no key 'speed'; the keys are script, description, latencyMs, replies.");
        lines.ShouldContain(line => line.StartsWith("s.yaml:4:13: when has no key 'tear'"));
        lines.ShouldContain(line => line.Contains("visit must be a whole number from 1"));
        lines.ShouldContain(line => line.Contains("call must be a whole number from 1"));
        lines.ShouldContain(line => line.StartsWith("s.yaml:6:5: lastResultMatches is not a pattern"));
        lines.ShouldContain(line => line.StartsWith("s.yaml:8:5: say refers to {{2}}"));
        lines.ShouldContain(line => line.Contains("node is empty"));
        lines.ShouldContain(line => line.Contains("the reply says nothing"));
        lines.ShouldContain(line => line.Contains("arguments must be a mapping"));
        lines.ShouldContain(line => line.Contains("the call names no tool"));
        lines.ShouldContain(line => line.Contains("a call has no key 'argument'"));
        lines.ShouldContain(line => line.StartsWith("s.yaml:12:5: a reply must be a mapping"));
    }

    [Theory]
    [InlineData("replies: [ { say: x } ]", "no name")]
    [InlineData("script: s", "no replies")]
    [InlineData("{ script: s, replies: { say: x } }", "must be a list")]
    [InlineData("{ script: s, replies: [ { say: x, latencyMs: -1 } ] }", "latencyMs")]
    [InlineData("{ script: s, replies: [ { fail: throtled } ] }", "'throtled' is no failure; write one of transient, throttled")]
    [InlineData("{ script: s, replies: [ { fail: throttled, call: { tool: t } } ] }", "take out one of the two")]
    [InlineData("{ script: s, replies: [ { say: x, times: 0 } ] }", "times")]
    public void A_script_without_its_parts_is_refused(string yaml, string message) =>
        Should.Throw<ConfigurationException>(() => Script.Parse(yaml)).Message.ShouldContain(message);

    [Fact]
    public void A_missing_file_is_named() =>
        Should.Throw<ConfigurationException>(() => Script.Load("/nowhere/s.yaml")).Message.ShouldStartWith("/nowhere/s.yaml");

    [Fact]
    public void The_default_configuration_has_two_priced_tiers_in_order()
    {
        RouterConfiguration configuration = ScriptedConfiguration.ForScript("s.yaml");

        configuration.Tiers.ShouldBe(["small", "large"]);
        configuration.Models.Select(model => model.Name).ShouldBe(["scripted-small", "scripted-large"]);
        configuration.Models[1].Prices.Output.ShouldBe(8);
        configuration.Providers["scripted"].Script.ShouldBe(Path.GetFullPath("s.yaml"));
    }
}
