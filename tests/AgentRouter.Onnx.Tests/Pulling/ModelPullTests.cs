using System.Text;
using AgentRouter.Configuration;
using AgentRouter.Onnx.Pulling;
using AgentRouter.Onnx.Tests.Support;

namespace AgentRouter.Onnx.Tests.Pulling;

public sealed class ModelPullTests : IAsyncLifetime
{
    private const string Token = "hf_planted-4711";
    private const string Model = "onnx/model.onnx";

    private readonly string _root = Directory.CreateTempSubdirectory("agentrouter-pull-").FullName;
    private readonly ModelPull _pull = new();
    private FakeHub _hub = null!;

    private string Folder => Path.Combine(_root, "tiny");

    public async Task InitializeAsync() => _hub = await FakeHub.StartAsync();

    public async Task DisposeAsync()
    {
        _pull.Dispose();
        await _hub.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task What_is_needed_comes_and_its_hashes_are_locked()
    {
        PulledModel pulled = await PullAsync();

        Files().ShouldBe(["1_Pooling/config.json", "config.json", "model.lock.json", Model, "vocab.txt"]);
        pulled.ShouldSatisfyAllConditions(it => it.Fetched.ShouldBe(4), it => it.WasLocked.ShouldBeFalse(), it => it.Lock.Commit.ShouldBe(FakeHub.Commit));
        (await ModelVerification.CheckAsync(Folder)).Wrong.ShouldBeEmpty();
        Directory.GetFileSystemEntries(_root).ShouldBe([Folder]);
    }

    [Fact]
    public async Task Another_model_file_comes_with_its_external_data()
    {
        _hub.Promised["onnx/model_fp16.onnx_data"] = [1, 2, 3];

        await PullAsync(options => options with { ModelFile = "onnx/model_fp16.onnx" });

        Files().ShouldContain("onnx/model_fp16.onnx_data");
        Files().ShouldNotContain(Model);
    }

    [Fact]
    public async Task A_second_pull_fetches_nothing_and_asks_for_nothing()
    {
        await PullAsync();
        _hub.Requests.Clear();

        PulledModel pulled = await PullAsync();

        pulled.Fetched.ShouldBe(0);
        _hub.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_locked_model_exactly_the_same_bytes_must_come()
    {
        string file = Path.Combine(_root, "locks", "tiny.json");
        await PullAsync(options => options with { LockFile = file });
        Directory.Delete(Folder, recursive: true);
        _hub.Comes["vocab.txt"] = Encoding.UTF8.GetBytes("a\nX");

        ModelPullException error = await Should.ThrowAsync<ModelPullException>(() => PullAsync(options => options with { LockFile = file }));

        error.Message.ShouldContain("vocab.txt is not what was promised");
        Directory.Exists(Folder).ShouldBeFalse();
        _hub.Comes.Clear();
        (await PullAsync(options => options with { LockFile = file })).WasLocked.ShouldBeTrue();
    }

    [Fact]
    public async Task A_lock_of_another_revision_or_model_is_an_error()
    {
        await PullAsync();

        (await Should.ThrowAsync<ConfigurationException>(() => PullAsync(name: "team/tiny@v2"))).Message.ShouldContain("Delete the lock");
        (await Should.ThrowAsync<ConfigurationException>(() => PullAsync(name: "team/other"))).Message.ShouldContain("not of team/other");
    }

    [Theory]
    [InlineData("config.json", "[]")]
    [InlineData("config.json", "{}{}")]
    [InlineData(Model, "mmm!")]
    public async Task Wrong_bytes_put_nothing_in_place(string path, string bytes)
    {
        byte[] promised = _hub.Promised[path];
        _hub.Comes[path] = [.. Encoding.UTF8.GetBytes(bytes), .. promised.Skip(bytes.Length)];

        (await Should.ThrowAsync<ModelPullException>(() => PullAsync())).Message.ShouldContain($"{path} is not what was promised");

        Directory.Exists(Folder).ShouldBeFalse();
        Directory.EnumerateFiles(_root, "*.part", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_download_that_was_broken_off_goes_on_where_it_was()
    {
        byte[] model = _hub.Promised[Model];
        _hub.Comes[Model] = model[..2_000];
        (await Should.ThrowAsync<ModelPullException>(() => PullAsync())).Message.ShouldContain("ended after 2,000 of 5,000 bytes. Pull again: it goes on from there");
        _hub.Comes.Clear();
        _hub.Requests.Clear();

        await PullAsync();

        _hub.Requests.Where(request => request.Range is not null).ShouldHaveSingleItem().Range.ShouldBe("bytes=2000-");
        File.ReadAllBytes(Path.Combine(Folder, Model)).ShouldBe(model);
    }

    [Fact]
    public async Task A_server_that_cannot_go_on_begins_anew()
    {
        string part = Path.Combine($"{Folder}.{FakeHub.Commit[..12]}.part", Model + ".part");
        Directory.CreateDirectory(Path.GetDirectoryName(part)!);
        await File.WriteAllTextAsync(part, "rubbish");
        _hub.OnFile = async context =>
        {
            if (context.Request.Headers.Range.Count == 0)
                return false;
            await context.Response.Body.WriteAsync(_hub.Promised[Model]);
            return true;
        };

        await PullAsync();

        File.ReadAllBytes(Path.Combine(Folder, Model)).ShouldBe(_hub.Promised[Model]);
    }

    [Fact]
    public async Task The_token_is_shown_to_the_hub_and_to_nobody_it_sends_to()
    {
        await using FakeHub other = await FakeHub.StartAsync();
        _hub.RedirectTo = other.Url;

        await PullAsync(options => options with { Token = Token });

        _hub.Requests.ShouldAllBe(request => request.Token == $"Bearer {Token}");
        other.Requests.Count.ShouldBe(4);
        other.Requests.ShouldAllBe(request => request.Token == null);
        Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).ShouldAllBe(file => !File.ReadAllText(file).Contains(Token));
    }

    [Theory]
    [InlineData("http://hub.example")]
    [InlineData("file:///etc")]
    [InlineData("no address")]
    public async Task Only_encrypted_hubs_are_called(string url) =>
        await Should.ThrowAsync<ConfigurationException>(() => PullAsync(options => options with { Hub = url }));

    [Fact]
    public async Task A_redirect_that_is_not_encrypted_is_refused()
    {
        _hub.RedirectTo = "http://hub.example";

        (await Should.ThrowAsync<ModelPullException>(() => PullAsync())).Message.ShouldContain("not encrypted");
    }

    [Theory]
    [InlineData(404, "Check the name")]
    [InlineData(401, "put your token into HF_TOKEN")]
    [InlineData(429, "Wait, and pull again")]
    [InlineData(503, "pull again later")]
    public async Task What_the_hub_refuses_is_said_with_what_to_do(int status, string advice)
    {
        _hub.Status = status;

        (await Should.ThrowAsync<ModelPullException>(() => PullAsync())).Message.ShouldContain(advice);
    }

    [Fact]
    public async Task Without_network_the_files_to_take_by_hand_are_named()
    {
        // nobody listens on the port of a hub that has gone
        FakeHub gone = await FakeHub.StartAsync();
        string url = gone.Url;
        await gone.DisposeAsync();

        string message = (await Should.ThrowAsync<ModelPullException>(() => PullAsync(options => options with { Hub = url }))).Message;

        message.ShouldContain("by hand");
        message.ShouldContain(Folder);
    }

    [Theory]
    [InlineData("../config.json")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\..\\b")]
    [InlineData("onnx/../../x")]
    [InlineData("C:x")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    public async Task A_path_that_may_leave_the_folder_is_refused(string path)
    {
        _hub.Promised[path] = [1];

        (await Should.ThrowAsync<ModelPullException>(() => PullAsync())).Message.ShouldContain("may leave the model's folder");
        Directory.GetFileSystemEntries(_root).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lock_with_a_path_that_leaves_the_folder_is_refused()
    {
        string file = Path.Combine(_root, "lock.json");
        new ModelLock("team/tiny", "main", FakeHub.Commit, [new LockedFile("../x", 1, new string('a', 64))]).Write(file);

        await Should.ThrowAsync<ConfigurationException>(() => PullAsync(options => options with { LockFile = file }));
    }

    [Fact]
    public async Task A_model_without_onnx_is_refused()
    {
        foreach (string path in _hub.Promised.Keys.Where(path => path.EndsWith(".onnx")))
            _hub.Promised.Remove(path);

        (await Should.ThrowAsync<ModelPullException>(() => PullAsync())).Message.ShouldContain("not published as ONNX");
    }

    [Fact]
    public async Task A_cancelled_pull_stops_and_puts_nothing_in_place()
    {
        using var stop = new CancellationTokenSource();
        _hub.OnFile = async context =>
        {
            await stop.CancelAsync();
            return false;
        };

        await Should.ThrowAsync<OperationCanceledException>(() => PullAsync(cancellationToken: stop.Token));
        Directory.Exists(Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_that_was_changed_or_lost_is_found_without_the_hub()
    {
        await PullAsync();
        await File.WriteAllTextAsync(Path.Combine(Folder, "vocab.txt"), "c\nd");
        File.Delete(Path.Combine(Folder, Model));

        (await ModelVerification.CheckAsync(Folder)).Wrong.ShouldBe([Model, "vocab.txt"]);
        (await PullAsync()).Fetched.ShouldBe(2);
        (await ModelVerification.CheckAsync(Folder)).Wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("team/../tiny")]
    [InlineData("team/tiny@a..b")]
    [InlineData("team/ti ny")]
    [InlineData("")]
    public void Other_names_are_refused(string name) => Should.Throw<ConfigurationException>(() => ModelName.Parse(name));

    private Task<PulledModel> PullAsync(Func<ModelPullOptions, ModelPullOptions>? change = null, string name = "team/tiny", CancellationToken cancellationToken = default)
    {
        var options = new ModelPullOptions { Folder = Folder, Hub = _hub.Url };
        return _pull.RunAsync(ModelName.Parse(name), change?.Invoke(options) ?? options, progress: null, cancellationToken);
    }

    private string[] Files() => [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
