using System.Diagnostics;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Skills.Index;
using AgentRouter.TestMcpServer;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Mcp;
using AgentRouter.Workflows.Tests.Engine;
using AgentRouter.Workflows.Tests.Engine.Skills;

namespace AgentRouter.Workflows.Tests.Mcp;

/// <summary>Skills of a real server, a process of its own.</summary>
public sealed class McpSkillServerTests
{
    private static McpServerSettings Settings => new() { Name = "shop", Command = "dotnet", Arguments = [typeof(ServerTools).Assembly.Location], OffersSkills = true };

    [Fact]
    public async Task An_agent_finds_and_opens_a_skill_of_a_server()
    {
        await using var server = new McpSkillServer(Settings);
        var bench = new Bench(SkillBench.Opening("return-goods")) { SkillSources = { server } };
        using SkillBench skills = SkillBench.OfThree();

        RunResult result = await bench.RunAsync(Bench.Workflow(skills.Node(task: "A customer wants to return goods."), Bench.Done()));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        OfferedSkill offered = bench.Of<SkillsOffered>().Single().Skills[0];
        (offered.Name, offered.Id).ShouldBe(("return-goods", "mcp.shop:skill://return-goods/SKILL.md"));
        bench.Of<SkillOpened>().ShouldHaveSingleItem().Name.ShouldBe("return-goods");
    }

    [Fact]
    public async Task A_server_that_was_gone_is_started_again()
    {
        await using var server = new McpSkillServer(Settings);
        SkillIndexUpdate first = await SkillIndexer.UpdateAsync(SkillIndex.Empty, [server]);
        first.Index.Skills.ShouldHaveSingleItem().Name.ShouldBe("return-goods");
        string pid = (await server.ReadFileAsync("mcp.shop:skill://return-goods/SKILL.md", "pid.txt"))!;
        using (Process process = Process.GetProcessById(int.Parse(pid, System.Globalization.CultureInfo.InvariantCulture)))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        await Should.ThrowAsync<IOException>(async () => await server.ListAsync().ToListAsync());

        (await server.ListAsync().ToListAsync()).ShouldHaveSingleItem().Id.ShouldBe("mcp.shop:skill://return-goods/SKILL.md");
    }

    [Fact]
    public async Task A_server_that_cannot_be_started_is_told_and_fails_the_node()
    {
        await using var server = new McpSkillServer(Settings with { Command = "no-such-program-here" });
        var bench = new Bench { SkillSources = { server } };
        using SkillBench skills = SkillBench.OfThree();

        RunResult result = await bench.RunAsync(Bench.Workflow(skills.Node(), Bench.Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldContain("'no-such-program-here' could not be started as an MCP server. Check mcp.shop in the configuration");
    }
}
