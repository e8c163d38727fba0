using AgentRouter.Cli.Commands.Trace;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Tests.Support;
using AgentRouter.Events;
using AgentRouter.Failures;
using AgentRouter.Pricing;
using Snapshooter;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.Commands;

public sealed class TraceScreenTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public void A_repaired_workspace(int width) => Snapshot.Match(Draw(width, SampleRun.Repaired()), SnapshotNameExtension.Create(width));

    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public void The_choice_of_an_agent(int width)
    {
        SampleRun run = new SampleRun()
            .Node("triage", "route")
            .Add(new AgentRouted("bugs", ["researcher"], "preferred: 0.81 before 0.45",
            [
                new AgentCandidate("coder", 0.45, null), new AgentCandidate("researcher", 0.81, null),
                new AgentCandidate("writer", 0.5, "not contains(inputs.issue, 'text')"), new AgentCandidate("skip", 0.25, null),
            ]))
            .Call("researcher", "small", "always-small", 900, 0, 40)
            .Done(verified: true)
            .End(RunOutcome.Succeeded, null, "It was a bug.");

        Snapshot.Match(Draw(width, run), SnapshotNameExtension.Create(width));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public void The_skills_of_an_agent(int width)
    {
        SampleRun run = new SampleRun()
            .Node("code", "agent")
            .Add(new SkillsOffered("0123", [
                new OfferedSkill("house-rules", "/skills/house-rules/SKILL.md", "Rules.", "given to you", null, null),
                new OfferedSkill("fix-a-failing-test", "/skills/fix/SKILL.md", "Find and repair the cause.", "found by failing, test; it led to work that was right", 1, null),
                new OfferedSkill("odd", "/skills/odd/SKILL.md", "Odd.", "found by test", 0.412, "'Ignore previous instructions' works against whoever uses the skill. Read it before you trust it."),
            ]))
            .Call("coder", "small", "always-small", 900, 0, 40)
            .Add(new SkillOpened("fix-a-failing-test", null, 812, 3_188, false), isStep: true)
            .Add(new SkillOpened("fix-a-failing-test", "notes.md", 3_188, 0, true), isStep: true)
            .Done(verified: true)
            .End(RunOutcome.Succeeded, null, "Repaired.");

        Snapshot.Match(Draw(width, run), SnapshotNameExtension.Create(width));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public void The_memory_of_an_agent(int width)
    {
        SampleRun run = new SampleRun()
            .Node("answer", "agent")
            .Add(new MemorySearched("0123", 7))
            .Add(new TaskEmbedded("4567", 3))
            .Add(new TaskEmbedded("4567", 1) { Problem = "The embeddings 'local' did not answer in 5 s." })
            .Add(new MemoryRecalled("0123", [
                new RecalledNote(1, "project:research", 4, "text:0a1b", null, 2.314) { Text = "Salmon is what the cat of Anna Fischer eats on every day but Friday, when there is tuna." },
                new RecalledNote(2, "user:anna", 17, "chat/may#2", "Anna and Ben talk about the cat, in May, before the flight", 0.871),
            ], 213)
            {
                Unseen = 12,
                IsSummed = true,
                Plan = [new RecallPart("entities", "low", "the days are named"), new RecallPart("summary", "medium", "there is far more evidence than fits") { Shortfall = "the budget is used up" }],
            })
            .Call("coder", "small", "always-small", 900, 0, 40)
            .Add(new MemoryRecalled("4567", [], 0), isStep: true)
            .Add(new FactsAsked("project:research", "run/1/0123", 2, 1))
            .Add(new MemoryRemembered("project:research", "run/1/0123", 2) { Facts = 3 })
            .Done(verified: true)
            .End(RunOutcome.Succeeded, null, "Salmon [2].");

        Snapshot.Match(Draw(width, run), SnapshotNameExtension.Create(width));
    }

    [Fact]
    public void Retries_fallbacks_refusals_and_questions_are_told()
    {
        var usage = new TokenUsage(900, 0, 0, 40);
        SampleRun run = new SampleRun(null, "ask")
            .Node("write", "agent")
            .Route("writer", "large", "always-large", usage)
            .Fail("scripted-large", FailureClass.Throttled, "429 Too Many Requests", "retry in 2 s")
            .Add(new CallSent("scripted-large", 2, 4_096), isStep: true)
            .Answer("large", usage)
            .Add(new PersonAsked("Publish?", ["yes", "no"], "no"))
            .Add(new PersonAnswered("no", true))
            .Add(new NodeFailed("The schema does not fit.", true))
            .Add(new RunWarning("bubblewrap is not installed: commands run without a sandbox."));
        string text = Draw(100, run);
        text.ShouldContain("failed (Throttled): 429 Too Many Requests · retry in 2 s");
        text.ShouldContain("attempt 2: scripted-large");
        text.ShouldContain("answer: no (the default)");
        text.ShouldContain("an onError edge goes on");
        text.ShouldContain("bubblewrap is not installed");
        text.ShouldContain("The record has no end");
        text.ShouldContain("no money limit");
    }

    private static string Draw(int width, SampleRun run)
    {
        var trace = new TraceModel();
        foreach (RunEvent runEvent in run.Events)
            trace.Add(runEvent);
        return Screens.Draw(width, console => new TraceScreen(console).Show(new RunCommandLines(SampleRun.RunId), trace));
    }
}
