using System.IO.Pipelines;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Use;
using AgentRouter.Workflows.Mcp;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AgentRouter.Workflows.Tests.Mcp;

/// <summary>A server in this process, over pipes.</summary>
public sealed class McpSkillSourceTests : IAsyncLifetime
{
    private readonly Pipe _toServer = new();
    private readonly Pipe _toClient = new();
    private readonly Dictionary<string, string> _texts = new()
    {
        ["skill://fix-a-test/SKILL.md"] = "---\nname: fix-a-test\ndescription: Repair a failing test.\n---\nRead the assertion.",
        ["skill://fix-a-test/references/notes.md"] = "Notes.",
        ["skill://video/cut/SKILL.md"] = "---\nname: cut\ndescription: Cut a video.\n---\nCut.",
        ["skill://broken/SKILL.md"] = "no front matter",
        ["file:///etc/SKILL.md"] = "---\nname: file\ndescription: Not ours.\n---\nNo.",
    };

    private McpServer _server = null!;
    private McpClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = McpServer.Create(new StreamServerTransport(_toServer.Reader.AsStream(), _toClient.Writer.AsStream()), new McpServerOptions
        {
            ServerInfo = new() { Name = "test", Version = "1" },
            ResourceCollection = [.. _texts.Keys.Select(uri => McpServerResource.Create(() => _texts[uri], new() { UriTemplate = uri, Name = uri, MimeType = "text/markdown" }))],
        });
        _ = _server.RunAsync();
        _client = await McpClient.CreateAsync(new StreamClientTransport(_toServer.Writer.AsStream(), _toClient.Reader.AsStream()));
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Resources_that_are_skills_are_read_and_what_is_wrong_is_told()
    {
        SkillIndexUpdate update = await SkillIndexer.UpdateAsync(SkillIndex.Empty, [new McpSkillSource(_client, "shop")]);

        update.Index.Skills.Select(skill => skill.Name).Order().ShouldBe(["cut", "fix-a-test"]);
        update.Problems.Where(problem => !problem.IsWarning).ShouldHaveSingleItem().ToString().ShouldStartWith("shop: skill://broken/SKILL.md:1:1: error: The file begins with no front matter.");
    }

    [Fact]
    public async Task Only_what_has_changed_is_read_again()
    {
        var source = new McpSkillSource(_client, "shop");
        SkillIndexUpdate first = await SkillIndexer.UpdateAsync(SkillIndex.Empty, [source]);
        _texts["skill://video/cut/SKILL.md"] = "---\nname: cut\ndescription: Cut a film.\n---\nCut.";

        SkillIndexUpdate second = await SkillIndexer.UpdateAsync(first.Index, [source]);

        (second.Changed, second.Unchanged).ShouldBe((1, 1));
        new SkillRetriever(second.Index).Search("film")[0].Skill.Name.ShouldBe("cut");
    }

    [Fact]
    public async Task A_model_opens_them_and_reads_their_files()
    {
        var source = new McpSkillSource(_client, "shop");
        SkillIndexUpdate update = await SkillIndexer.UpdateAsync(SkillIndex.Empty, [source]);
        SkillSession session = await SkillSession.BeginAsync(new SkillLibrary(new SkillRetriever(update.Index), source), "repair the failing test");

        (await session.OpenAsync("fix-a-test")).Text.ShouldContain("Files that come with it, for skills_read: references/notes.md.");
        (await session.ReadAsync("fix-a-test", "references/notes.md")).Text.ShouldEndWith("\n\nNotes.");
        await Should.ThrowAsync<SkillException>(() => session.ReadAsync("fix-a-test", "../video/cut/SKILL.md"));
    }

    [Fact]
    public async Task A_server_that_is_gone_is_told_and_the_index_stays()
    {
        var source = new McpSkillSource(_client, "shop");
        SkillIndexUpdate update = await SkillIndexer.UpdateAsync(SkillIndex.Empty, [source]);
        await _client.DisposeAsync();

        (await Should.ThrowAsync<IOException>(() => SkillIndexer.UpdateAsync(update.Index, [source]))).Message.ShouldStartWith("The skills of the MCP server 'shop' cannot be read (");
        update.Index.Count.ShouldBe(2);
    }
}
