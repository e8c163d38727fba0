using AgentRouter.Events;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes.Agent;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Tests.Engine.Skills;

/// <summary>A folder of skills, and agents that use them.</summary>
internal sealed class SkillBench : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("agentrouter-use-").FullName;

    /// <summary>Adds a skill.</summary>
    public SkillBench Skill(string name, string description, string body = "Do it.", string? header = null)
    {
        string folder = Path.Combine(Folder, name);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "SKILL.md"), $"---\nname: {name}\ndescription: {description}\n{header}---\n{body}\n");
        return this;
    }

    public static SkillBench OfThree() => new SkillBench()
        .Skill("fix-a-test", "Find and repair the cause of a failing test.", "# Fix\n\nRead the assertion first.")
        .Skill("mend-a-test", "Repair a failing test when the cause is known.", "# Mend\n\nChange one line.")
        .Skill("cut-video", "Cut a video with ffmpeg.");

    public SkillsDefinition Found(int topK = 2) => new() { TopK = topK, From = [Folder] };

    /// <summary>A node whose agent has skills.</summary>
    public AgentNode Node(SkillsDefinition? skills = null, string name = "work", string? to = "done", string task = "Repair the failing test.") => Bench.Agent(name, to, Agent(skills)) with
    {
        Prompt = Bench.Text(task),
    };

    public AgentDefinition Agent(SkillsDefinition? skills = null) => Bench.Def("coder") with { Skills = skills ?? Found(), MaxCalls = 8 };

    /// <summary>A model that opens these skills in turn and then answers.</summary>
    public static FakeModel Opening(params string[] names) => new((messages, _) =>
    {
        int opened = messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Count();
        return opened < names.Length
            ? new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent($"call-{opened + 1}", "skills_open", new Dictionary<string, object?> { ["name"] = names[opened] })]))
            {
                Usage = FakeModel.Usage(10, 5),
                FinishReason = ChatFinishReason.ToolCalls,
            }
            : FakeModel.Text("good");
    });

    public static string[] Names(IEnumerable<RunEvent> events) => [.. events.OfType<SkillsOffered>().SelectMany(offered => offered.Skills).Select(skill => skill.Name)];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
