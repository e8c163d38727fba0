using AgentRouter.Cli.CommandLine;

namespace AgentRouter.Cli.Commands.Skills.Search;

/// <summary>The task of a search: from the command line, or from standard input.</summary>
internal static class TaskText
{
    private const string FromInput = "-";
    private const int MostCharacters = 1_000_000;

    /// <summary>Reads the task.</summary>
    /// <param name="context">The world.</param>
    /// <param name="given">The task, or <c>-</c>.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="UsageException">It is empty, or what comes is longer than a task can be.</exception>
    public static async Task<string> ReadAsync(CliContext context, string given, CancellationToken cancellationToken)
    {
        string task = given == FromInput ? await InputAsync(context.Terminal.Input, cancellationToken) : given;
        return string.IsNullOrWhiteSpace(task) ? throw new UsageException("The task is empty. Say what is to be done, or '-' to read it from standard input.") : task;
    }

    private static async Task<string> InputAsync(TextReader input, CancellationToken cancellationToken)
    {
        char[] buffer = new char[MostCharacters + 1];
        int length = await input.ReadBlockAsync(buffer, cancellationToken);
        return length <= MostCharacters ? new string(buffer, 0, length) : throw new UsageException($"The task on standard input is longer than {MostCharacters} characters. Give what is to be done, without what it is about.");
    }
}
