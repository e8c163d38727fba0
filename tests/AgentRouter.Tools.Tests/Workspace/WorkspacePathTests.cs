using System.Net.Sockets;
using AgentRouter.Tools.Tests.Support;
using AgentRouter.Tools.Workspace.Files;
using CsCheck;

namespace AgentRouter.Tools.Tests.Workspace;

public sealed class WorkspacePathTests : IDisposable
{
    private readonly TemporaryFolder _outside = new();
    private readonly TemporaryFolder _folder = new();
    private readonly WorkspaceRoot _root;

    public WorkspacePathTests() => _root = new WorkspaceRoot(_folder.Path);

    public void Dispose()
    {
        _folder.Dispose();
        _outside.Dispose();
    }

    [Theory]
    [InlineData("src/A.cs", "src/A.cs")]
    [InlineData("./src//A.cs", "src/A.cs")]
    [InlineData("src\\A.cs", "src/A.cs")]
    [InlineData(".", ".")]
    [InlineData("", ".")]
    public void A_path_below_the_root_is_resolved(string path, string relative)
    {
        WorkspacePath resolved = _root.Resolve(path);
        resolved.Relative.ShouldBe(relative);
        resolved.Real.ShouldBe(relative == "." ? _folder.Path : _folder[relative]);
    }

    [Fact]
    public void An_absolute_path_below_the_root_is_resolved() => _root.Resolve(_folder["a/b.txt"]).Relative.ShouldBe("a/b.txt");

    [Theory]
    [InlineData("..", "'..'")]
    [InlineData("a/../../b", "'..'")]
    [InlineData("a/../b", "'..'")]
    [InlineData("a\\..\\..\\b", "'..'")]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("\\\\server\\share", "absolute")]
    [InlineData("C:\\Windows", "absolute")]
    [InlineData("~/.ssh/id_rsa", "absolute")]
    [InlineData("a\0b", "control character")]
    [InlineData("a\nb", "control character")]
    [InlineData("nul", "device name")]
    [InlineData("src/COM1.txt", "device name")]
    [InlineData("aux .cs", "device name")]
    public void A_path_that_could_lead_elsewhere_is_refused(string path, string why) =>
        Should.Throw<ToolException>(() => _root.Resolve(path)).Message.ShouldContain(why);

    [Fact]
    public void Long_names_and_paths_are_refused()
    {
        Should.Throw<ToolException>(() => _root.Resolve(new string('é', 128))).Message.ShouldContain("255 bytes");
        Should.Throw<ToolException>(() => _root.Resolve(string.Join('/', Enumerable.Repeat("folder", 500)))).Message.ShouldContain("2048 bytes");
    }

    [Fact]
    public void A_neighbour_whose_name_begins_alike_is_outside() =>
        Should.Throw<ToolException>(() => _root.Resolve(_folder.Path + "-other/a")).Message.ShouldContain("absolute");

    [Fact]
    public void A_link_that_stays_inside_is_followed()
    {
        _folder.Write("real/a.txt", "a");
        File.CreateSymbolicLink(_folder["link"], "real");
        _root.Resolve("link/a.txt").Real.ShouldBe(_folder["real/a.txt"]);
    }

    [Fact]
    public void A_link_that_leads_out_is_refused_as_file_as_folder_and_through_another_link()
    {
        _outside.Write("secret.txt", "secret");
        File.CreateSymbolicLink(_folder["file"], _outside["secret.txt"]);
        Directory.CreateSymbolicLink(_folder["folder"], _outside.Path);
        File.CreateSymbolicLink(_folder["second"], "folder");
        Directory.CreateDirectory(_folder["a"]);
        Directory.CreateSymbolicLink(_folder["a/up"], "../..");

        foreach (string path in new[] { "file", "folder/secret.txt", "folder/new.txt", "second/secret.txt", "a/up/x" })
        {
            Should.Throw<ToolException>(() => _root.Resolve(path)).Message.ShouldContain("leads out", Case.Sensitive, path);
        }
    }

    [Fact]
    public void A_link_that_leads_nowhere_or_in_a_circle_is_refused()
    {
        File.CreateSymbolicLink(_folder["dangling"], "missing.txt");
        File.CreateSymbolicLink(_folder["dangling-out"], _outside["missing.txt"]);
        File.CreateSymbolicLink(_folder["one"], "two");
        File.CreateSymbolicLink(_folder["two"], "one");
        foreach (string path in new[] { "dangling", "dangling-out", "one" })
        {
            Should.Throw<ToolException>(() => _root.Resolve(path)).Message.ShouldContain("leads nowhere", Case.Sensitive, path);
        }
    }

    [LinuxFact]
    public async Task Pipes_sockets_devices_and_folders_are_refused_without_waiting()
    {
        using var files = new WorkspaceFiles(_root, 1000);
        Machine.Command("mkfifo", _folder["pipe"]);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["socket"]));
        Directory.CreateDirectory(_folder["folder"]);

        foreach ((string path, string kind) in new[] { ("pipe", "a pipe"), ("socket", "a socket"), ("folder", "a folder") })
        {
            WorkspacePath place = _root.Resolve(path);
            Task read = files.ReadAsync(place, default);
            (await Should.ThrowAsync<ToolException>(read.WaitAsync(TimeSpan.FromMinutes(1)))).Message.ShouldContain(kind);
            (await Should.ThrowAsync<ToolException>(files.WriteAsync(place, [1], default))).Message.ShouldContain(kind);
        }

        UnixFiles.KindOf("/dev/null").ShouldBe(FileKind.Device);
    }

    [LinuxFact]
    public async Task A_link_put_in_place_after_the_check_is_not_followed()
    {
        using var files = new WorkspaceFiles(_root, 1000);
        _outside.Write("secret.txt", "secret");
        _folder.Write("folder/secret.txt", "mine");
        _folder.Write("file.txt", "mine");
        WorkspacePath inFolder = _root.Resolve("folder/secret.txt");
        WorkspacePath file = _root.Resolve("file.txt");

        Directory.Delete(_folder["folder"], recursive: true);
        Directory.CreateSymbolicLink(_folder["folder"], _outside.Path);
        File.Delete(_folder["file.txt"]);
        File.CreateSymbolicLink(_folder["file.txt"], _outside["secret.txt"]);

        (await Should.ThrowAsync<ToolException>(files.ReadAsync(inFolder, default))).Message.ShouldContain("leads out");
        (await Should.ThrowAsync<ToolException>(files.WriteAsync(inFolder, [1], default))).Message.ShouldContain("leads out");
        (await Should.ThrowAsync<ToolException>(files.ReadAsync(file, default))).Message.ShouldContain("a link");
        (await Should.ThrowAsync<ToolException>(files.WriteAsync(file, [1], default))).Message.ShouldContain("a link");
        _outside.Read("secret.txt").ShouldBe("secret");
    }

    [LinuxFact]
    public async Task Nothing_from_outside_is_ever_read_while_links_are_swapped()
    {
        using var files = new WorkspaceFiles(_root, 1000);
        _outside.Write("a.txt", "secret");
        _folder.Write("real/a.txt", "mine");
        Directory.CreateSymbolicLink(_folder["to-real"], "real");
        using var stop = new CancellationTokenSource();
        Task swapping = Task.Run(() =>
        {
            for (int turn = 0; !stop.IsCancellationRequested; turn++)
            {
                Directory.CreateSymbolicLink(_folder["next"], turn % 2 == 0 ? _outside.Path : "real");
                Directory.Delete(_folder["to-real"]);
                Directory.Move(_folder["next"], _folder["to-real"]);
            }
        });

        int read = 0;
        for (int turn = 0; turn < 2000; turn++)
        {
            try
            {
                (await files.ReadAsync(_root.Resolve("to-real/a.txt"), default)).Text.ShouldBe("mine");
                read++;
            }
            catch (ToolException)
            {
                // caught it while it led out, or was not there
            }
        }

        await stop.CancelAsync();
        await swapping;
        read.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void No_path_resolves_outside_of_the_root()
    {
        Directory.CreateSymbolicLink(_folder["out"], _outside.Path);
        Directory.CreateDirectory(_folder["in"]);
        Directory.CreateSymbolicLink(_folder["in/up"], "..");
        Directory.CreateSymbolicLink(_folder["in/upper"], "../..");
        Gen<string> name = Gen.OneOf<string>(
            Gen.OneOf("..", ".", "", "in", "out", "up", "upper", "~", "a", "...", "..\\..", "C:", _folder.Path, _outside.Path, "\0"),
            Gen.String[0, 5]);
        Gen<string> path = Gen.Select(Gen.OneOf("", "/", "\\", "./"), name.List[1, 6], Gen.OneOf('/', '\\'), (start, names, separator) => start + string.Join(separator, names));
        path.Sample(
            candidate =>
            {
                try
                {
                    string real = Path.GetFullPath(_root.Resolve(candidate).Real);
                    return real == _folder.Path || real.StartsWith(_folder.Path + "/", StringComparison.Ordinal);
                }
                catch (ToolException)
                {
                    return true;
                }
            },
            iter: 5000);
    }

    [Fact]
    public void The_root_of_the_file_system_is_no_workspace() =>
        Should.Throw<ToolException>(() => new WorkspaceRoot("/")).Message.ShouldContain("root of the file system");

    [Fact]
    public void A_root_behind_a_link_is_a_workspace()
    {
        Directory.CreateSymbolicLink(_outside["link"], _folder.Path);
        var root = new WorkspaceRoot(_outside["link"]);
        root.Real.ShouldBe(_folder.Path);
        root.Resolve(_outside["link/a.txt"]).Real.ShouldBe(_folder["a.txt"]);
    }
}
