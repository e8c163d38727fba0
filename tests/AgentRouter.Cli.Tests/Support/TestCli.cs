using System.Text.Json;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Terminals;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Identity;
using Spectre.Console.Testing;

namespace AgentRouter.Cli.Tests.Support;

/// <summary>The whole command line in this process, in a folder of its own.</summary>
internal sealed class TestCli : IDisposable
{
    private readonly WatchedWriter _lines = new();
    private readonly SequentialIdGenerator _ids = new();

    public TestCli(int width = 100)
    {
        Folder = Directory.CreateTempSubdirectory("agentrouter-cli-").FullName;
        Output = Screens.Console(width);
        Error = Screens.Console(width);
    }

    /// <summary>The folder the commands are called in.</summary>
    public string Folder { get; }

    public TestConsole Output { get; }

    public TestConsole Error { get; }

    /// <summary>Whether standard output is a pipe, as it is for scripts.</summary>
    public bool IsRedirected { get; set; }

    /// <summary>Whether a person sits at the terminal.</summary>
    public bool CanAsk { get; set; }

    /// <summary>What comes on standard input.</summary>
    public string Input { get; set; } = "";

    /// <summary>Is called with every line for programs.</summary>
    public Action<string>? OnLine { set => _lines.OnWrite = value; }

    public Dictionary<string, string> Secrets { get; } = [];

    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    public string RunsFolder => Path.Combine(Folder, "data", "runs");

    /// <summary>What people saw, without what differs from run to run.</summary>
    public string Seen => Stable(Output.Text());

    public string Errors => Stable(Error.Text());

    public string Lines => _lines.ToString();

    public async Task<int> RunAsync(params string[] arguments) => await RunAsync(CancellationToken.None, arguments);

    public async Task<int> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var context = new CliContext
        {
            Terminal = new Terminal { Output = Output, Error = Error, Lines = _lines, Input = new StringReader(Input), IsRedirected = IsRedirected, CanAsk = CanAsk },
            CurrentFolder = Folder,
            DataFolder = Path.Combine(Folder, "data"),
            Secrets = new DictionarySecrets(Secrets),
            Ids = _ids,
            TimeProvider = TimeProvider,
        };
        return await AgentRouterCommand.InvokeAsync(arguments, context, cancellationToken);
    }

    /// <summary>Forgets the lines for programs that came so far.</summary>
    public void Forget() => _lines.GetStringBuilder().Clear();

    public string Write(string path, string text)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    /// <summary>Reads the JSON lines of a run back: its events, and the summary.</summary>
    public (IReadOnlyList<RunEvent> Events, JsonElement Summary) ReadLines()
    {
        string[] lines = Lines.TrimEnd('\n').Split('\n');
        return ([.. lines[..^1].Select(RunEventJson.Deserialize)], JsonDocument.Parse(lines[^1]).RootElement);
    }

    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private string Stable(string text) => text.Replace(Folder, "FOLDER", StringComparison.Ordinal);

    private sealed class WatchedWriter : StringWriter
    {
        public Action<string>? OnWrite { get; set; }

        public override void Write(string? value)
        {
            base.Write(value);
            OnWrite?.Invoke(value ?? "");
        }
    }

    private sealed class DictionarySecrets(Dictionary<string, string> secrets) : ISecretSource
    {
        public string? Find(string name) => secrets.GetValueOrDefault(name);
    }
}
