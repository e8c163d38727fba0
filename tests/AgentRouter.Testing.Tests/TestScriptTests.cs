using AgentRouter.Failures;
using AgentRouter.Models;
using AgentRouter.Providers.Scripted;
using Microsoft.Extensions.AI;

namespace AgentRouter.Testing.Tests;

public sealed class TestScriptTests
{
    [Fact]
    public void It_builds_the_script_that_a_file_would_hold()
    {
        Script built = TestScript.For("s")
            .When(role: "coder", visit: 2, tier: "small", lastTool: "workspace.read", lastResultContains: "x").Says("a", times: 1)
            .When(new ScriptCondition { Node = ["plan", "code"], LastResultMatches = "(a+)" }).Says("{{1}}")
            .Always().After(TimeSpan.FromSeconds(1)).Calls("workspace.edit", new { path = "a.cs", lines = new[] { 1, 2 }, all = true })
            .Always().Fails(FailureClass.ContentFilter);
        Script read = Script.Parse("""
            script: s
            replies:
              - { when: { role: coder, visit: 2, tier: small, lastTool: workspace_read, lastResultContains: x }, say: a, times: 1 }
              - { when: { node: [plan, code], lastResultMatches: (a+) }, say: "{{1}}" }
              - { call: { tool: workspace_edit, arguments: { path: a.cs, lines: [1, 2], all: true } }, latencyMs: 1000 }
              - { fail: contentFilter }
            """);

        built.Replies.Select(Show).ShouldBe(read.Replies.Select(Show));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Its_models_answer_bill_and_use_up_replies(bool streaming)
    {
        using ModelSet models = TestModels.From(TestScript.For().Always().Says("first", times: 1).When(tier: "large").Says("large").Always().Says("then"));

        (await AskAsync(models, "scripted-small", streaming)).ShouldBe("first");
        (await AskAsync(models, "scripted-small", streaming)).ShouldBe("then");
        (await AskAsync(models, "scripted-large", streaming)).ShouldBe("first");
        (await AskAsync(models, "scripted-large", streaming)).ShouldBe("large");
        models.Tiers.ShouldBe(["small", "large"]);
    }

    [Fact]
    public void What_cannot_be_an_argument_is_refused() =>
        Should.Throw<ArgumentException>(() => TestScript.For().Always().Calls("t", new[] { 1 })).Message.ShouldContain("new { name = value }");

    private static async Task<string> AskAsync(ModelSet models, string model, bool streaming)
    {
        IChatClient client = models.Find(model)!.Client;
        return streaming ? (await client.GetStreamingResponseAsync("hello").ToChatResponseAsync()).Text : (await client.GetResponseAsync("hello")).Text;
    }

    private static string Show(ScriptReply reply)
    {
        ScriptCondition when = reply.When;
        string condition = string.Join(';', new[] { when.Model, when.Tier, when.Workflow, when.Node, when.Agent, when.Role, when.LastTool, when.LastResultContains, when.MessageContains }.Select(list => string.Join(',', list)));
        string calls = string.Join(';', reply.Calls.Select(call => call.Tool + call.Arguments.ToJsonString()));
        return $"{condition}|{string.Join(',', when.Visit)}|{string.Join(',', when.Call)}|{when.LastResultMatches}|{reply.Say}|{calls}|{reply.Fail}|{reply.Times}|{reply.Latency}";
    }
}
