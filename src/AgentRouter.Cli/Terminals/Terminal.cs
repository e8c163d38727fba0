using System.Globalization;
using System.Text;
using Spectre.Console;

namespace AgentRouter.Cli.Terminals;

/// <summary>Where a command writes: text for people, lines for programs, and messages about what went wrong.</summary>
internal sealed class Terminal
{
    // a file has no edge; wide enough for tables to be whole, and prose is still told in lines
    private const int RedirectedWidth = 200;

    /// <summary>Gets standard output, for people.</summary>
    public required IAnsiConsole Output { get; init; }

    /// <summary>Gets standard error, for people.</summary>
    public required IAnsiConsole Error { get; init; }

    /// <summary>Gets standard output as plain lines, for programs.</summary>
    public required TextWriter Lines { get; init; }

    /// <summary>Gets standard input, for text that is piped in.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>Gets a value indicating whether standard output goes to a file or a pipe and not to a person.</summary>
    public bool IsRedirected { get; init; }

    /// <summary>Gets a value indicating whether a person can be asked: input and output are both a terminal.</summary>
    public bool CanAsk { get; init; }

    /// <summary>Gets a value indicating whether the screen can be drawn again in place.</summary>
    public bool CanRedraw => !IsRedirected && Output.Profile.Capabilities.Ansi;

    /// <summary>Opens the terminal of this process. <c>NO_COLOR</c>, <c>TERM=dumb</c> and <c>COLUMNS</c> are respected.</summary>
    public static Terminal OfProcess()
    {
        if (Console.IsOutputRedirected)
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new Terminal
        {
            Output = Open(Console.Out, Console.IsOutputRedirected),
            Error = Open(Console.Error, Console.IsErrorRedirected),
            Lines = Console.Out,
            Input = new StreamReader(Console.OpenStandardInput()),
            IsRedirected = Console.IsOutputRedirected,
            CanAsk = !Console.IsInputRedirected && !Console.IsOutputRedirected,
        };
    }

    private static IAnsiConsole Open(TextWriter writer, bool isRedirected)
    {
        bool plain = isRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb";
        bool colourless = plain || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = colourless ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            // a build server that sets GITHUB_ACTIONS is no terminal
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (isRedirected)
            console.Profile.Width = Columns() ?? RedirectedWidth;
        return console;
    }

    private static int? Columns() =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && columns is >= 20 and <= 1000
            ? columns
            : null;
}
