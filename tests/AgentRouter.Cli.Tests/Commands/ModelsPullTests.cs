using AgentRouter.Cli.Tests.Support;
using AgentRouter.Onnx.Tests.Support;

namespace AgentRouter.Cli.Tests.Commands;

public sealed class ModelsPullTests
{
    [Fact]
    public async Task A_model_is_fetched_locked_and_checked()
    {
        await using FakeHub hub = await FakeHub.StartAsync();
        using var cli = new TestCli();
        cli.Secrets["HF_TOKEN"] = "hf_planted-4711";

        (await cli.RunAsync("models", "pull", "team/tiny", "--hub", hub.Url)).ShouldBe(0, cli.Errors);
        (await cli.RunAsync("models", "verify", "models/tiny")).ShouldBe(0);

        cli.Seen.ShouldContain($"team/tiny, commit {FakeHub.Commit}");
        cli.Seen.ShouldContain("4 fetched, every one checked");
        cli.Seen.ShouldContain("4, all as locked");
        hub.Requests.ShouldAllBe(request => request.Token == "Bearer hf_planted-4711");
        (cli.Seen + cli.Errors).ShouldNotContain("hf_planted");
    }

    [Fact]
    public async Task A_file_that_was_changed_fails_the_check()
    {
        await using FakeHub hub = await FakeHub.StartAsync();
        using var cli = new TestCli();
        cli.Secrets["HF_ENDPOINT"] = hub.Url;
        (await cli.RunAsync("models", "pull", "team/tiny", "--to", "tiny", "--file", "onnx/model_fp16.onnx")).ShouldBe(0, cli.Errors);
        cli.Write("tiny/vocab.txt", "other");

        (await cli.RunAsync("models", "verify", "tiny")).ShouldBe(2);

        cli.Seen.ShouldContain("vocab.txt is missing, or not the file that was pulled");
        cli.Seen.ShouldContain("agentrouter models pull team/tiny --to tiny");
    }

    [Fact]
    public async Task What_the_hub_refuses_is_a_failure_and_a_wrong_name_wrong_usage()
    {
        await using FakeHub hub = await FakeHub.StartAsync();
        hub.Status = 404;
        using var cli = new TestCli();

        (await cli.RunAsync("models", "pull", "team/tiny", "--hub", hub.Url)).ShouldBe(2);
        (await cli.RunAsync("models", "pull", "tiny")).ShouldBe(64);
        (await cli.RunAsync("models", "verify", "nowhere")).ShouldBe(64);

        cli.Errors.ShouldContain("there is no such model, revision or file");
        cli.Errors.ShouldContain("'tiny' names no model");
        cli.Errors.ShouldContain("There is no");
    }

    [Fact]
    public async Task Where_nothing_can_be_put_nothing_is_fetched()
    {
        await using FakeHub hub = await FakeHub.StartAsync();
        using var cli = new TestCli();
        cli.Write("taken", "a file");

        (await cli.RunAsync("models", "pull", "team/tiny", "--hub", hub.Url, "--to", "taken")).ShouldBe(64);
        (await cli.RunAsync("models", "pull", "team/tiny", "--hub", hub.Url, "--lock", "nowhere/tiny.json")).ShouldBe(64);
        (await cli.RunAsync("models", "pull", "team/tiny", "--hub", hub.Url, "--lock", ".")).ShouldBe(64);

        hub.Requests.ShouldBeEmpty();
        cli.Errors.ShouldContain("--to taken is a file.");
        cli.Errors.ShouldContain("--lock nowhere/tiny.json: there is no folder nowhere.");
        cli.Errors.ShouldContain("--lock . is a folder.");
    }

    [Theory]
    [InlineData("{}", "it has no 'model', 'revision', 'commit', 'files'")]
    [InlineData("""{"model": 1}""", "what stands at 'model' is not what belongs there")]
    [InlineData("""{"model": "a/b", "revision": "c", "commit": null, "files": []}""", "what stands at 'commit' is not what belongs there")]
    [InlineData("""{"model": "a/b", "revision": "c", "commit": "d", "files": [{"path": "x", "size": "many", "sha256": ""}]}""", "what stands at 'files[0].size' is not what belongs there")]
    [InlineData("""{"model": "a/b", "model": "c/d"}""", "Duplicate property 'model'")]
    [InlineData("[]", "it is not what belongs there")]
    public async Task A_damaged_lock_is_described_without_the_names_of_types(string text, string problem)
    {
        using var cli = new TestCli();
        cli.Write("tiny/model.lock.json", text);

        (await cli.RunAsync("models", "verify", "tiny")).ShouldBe(64);

        cli.Errors.ReplaceLineEndings(" ").ShouldContain($"is no lock of a model: {problem}.");
    }
}
