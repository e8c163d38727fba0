using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Terminals;
using AgentRouter.Configuration;
using AgentRouter.Memory;
using AgentRouter.Memory.Storage.Sqlite;
using AgentRouter.Workflows.Runs;
using Spectre.Console;

namespace AgentRouter.Cli.Hosting;

/// <summary>What runs have left in the memory, because they were killed; it is erased when they are deleted.</summary>
internal sealed class LeftMemories
{
    private readonly CliContext _context;
    private readonly string _folder;

    private LeftMemories(CliContext context, string folder) => (_context, _folder) = (context, folder);

    /// <summary>Finds the memory of the current folder's project; it need not exist. Done before anything is deleted: of a run without a record nobody knows what to erase.</summary>
    /// <param name="context">The world.</param>
    /// <exception cref="InvalidFileException">The configuration is wrong.</exception>
    public static LeftMemories Find(CliContext context) => new(context, MemoryPlace.Find(context, named: null).Folder);

    /// <summary>Erases what runs have left, and says so where there was anything. What cannot be erased is said with what to do, and keeps nothing else from being erased.</summary>
    /// <param name="runIds">The runs; their records are deleted, so this is not stopped half way.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> EraseAsync(IReadOnlyCollection<string> runIds)
    {
        if (runIds.Count == 0)
            return ExitCodes.Succeeded;
        await using var store = new SqliteMemoryStore(_folder);
        var deleted = runIds.ToHashSet();
        var erased = new HashSet<string>();
        int exitCode = ExitCodes.Succeeded;
        try
        {
            foreach (MemoryScope scope in await store.ListAsync(CancellationToken.None))
            {
                if (RunScopes.RunOf(scope) is { } runId && deleted.Contains(runId))
                    await EraseAsync(scope, runId);
            }
        }
        catch (Exception exception) when (IsOfStore(exception))
        {
            Fail($"What the deleted runs may have left in {_folder} is not erased: {exception.Message} Then look for workflow:run-… in 'agentrouter memory stats', and erase it with 'agentrouter memory forget --all --scope SCOPE'.");
        }

        if (erased.Count > 0)
            _context.Terminal.Output.Write(new Text($"Erased what {Numbers.Of(erased.Count, "run")} had left in {_folder}.\n"));
        return exitCode;

        async Task EraseAsync(MemoryScope scope, string runId)
        {
            try
            {
                if (await store.EraseAsync(scope, CancellationToken.None))
                    erased.Add(runId);
            }
            catch (Exception exception) when (IsOfStore(exception))
            {
                Fail($"What the run {runId} has left in {_folder} is not erased: {exception.Message} Then erase it with: agentrouter memory forget --all --scope {ShellText.Quote(scope.ToString())}");
            }
        }

        void Fail(string message)
        {
            _context.Terminal.Error.Write(new Text(Untrusted.Block(message) + "\n", Palette.Bad));
            exitCode = ExitCodes.Failed;
        }
    }

    private static bool IsOfStore(Exception exception) => exception is IOException or InvalidDataException or UnauthorizedAccessException or ConfigurationException;
}
