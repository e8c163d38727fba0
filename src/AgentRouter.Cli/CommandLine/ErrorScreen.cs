using System.Text.Json;
using AgentRouter.Budgets;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Configuration;
using AgentRouter.Failures;
using AgentRouter.Onnx.Pulling;
using AgentRouter.Tools;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs.Sqlite.Accounts;
using Spectre.Console;

namespace AgentRouter.Cli.CommandLine;

/// <summary>Says on standard error what went wrong and what to do: one message, and no stack trace unless it is asked for.</summary>
internal sealed class ErrorScreen(CliContext context, bool isVerbose)
{
    // EX numbers of the operating systems: the low 16 bits of HResult on Windows, errno elsewhere
    private const int DiskFullWindows = 0x70;
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    private readonly IAnsiConsole _console = context.Terminal.Error;

    /// <summary>Shows what went wrong.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>The exit code.</returns>
    public int Show(Exception exception)
    {
        if (exception is InvalidFileException invalid)
            new DiagnosticsScreen(_console, context).Show(invalid.Diagnostics);
        (int code, string message) = Describe(exception);
        var text = new Paragraph();
        text.Append(code == ExitCodes.Cancelled ? "Cancelled: " : "Error: ", code == ExitCodes.Cancelled ? Palette.Warning : Palette.Bad);
        text.Append(Untrusted.Block(message));
        _console.Write(text);
        _console.WriteLine();
        if (isVerbose)
            _console.Write(new Text(Untrusted.Block(exception.ToString()) + "\n", Palette.Muted));
        return code;
    }

    private static (int Code, string Message) Describe(Exception exception) => exception switch
    {
        InvalidFileException invalid => (ExitCodes.Usage, $"{invalid.File} cannot be used: {DiagnosticsScreen.Count(invalid.Diagnostics)}."),
        UsageException or ConfigurationException or RunEndedException => (ExitCodes.Usage, exception.Message),
        OperationCanceledException => (ExitCodes.Cancelled, "stopped before the work was done."),
        AccountExceededException { LargestBudget: { } most } => (ExitCodes.BudgetExceeded, $"{exception.Message} With 'run': --budget {Numbers.Limit(most)[1..]}."),
        BudgetExceededException or AccountExceededException => (ExitCodes.BudgetExceeded, exception.Message),
        ModelCallException or ToolException or ModelPullException => (ExitCodes.Failed, exception.Message),
        FileNotFoundException { FileName: { } file } => (ExitCodes.Usage, $"There is no file {file}. Check the path."),
        FileNotFoundException or DirectoryNotFoundException => (ExitCodes.Usage, exception.Message),
        UnauthorizedAccessException => (ExitCodes.Failed, exception.Message + " Check the permissions of that file or folder."),
        IOException io when IsDiskFull(io) => (ExitCodes.Failed, $"The disk is full: {io.Message} Make room, or write to another disk."),
        IOException io => (ExitCodes.Failed, io.Message),
        InvalidDataException data => (ExitCodes.Failed, data.Message),
        JsonException json => (ExitCodes.Failed, $"A record could not be read: {JsonProblem.Of(json)}."),
        _ => (ExitCodes.Failed, $"{exception.Message} This was not expected; {GlobalOptions.VerboseName} shows where it came from."),
    };

    private static bool IsDiskFull(IOException exception) =>
        (exception.HResult & 0xFFFF) is NoSpace or DiskFullWindows or QuotaExceeded;
}
