using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Models;
using AgentRouter.Providers;
using AgentRouter.Routing;
using AgentRouter.Routing.Policies;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;
using Microsoft.Extensions.AI;

namespace AgentRouter.Cli.Hosting;

/// <summary>The work of a command that is no workflow and may cost money: routed, under a budget, drawn from an account, and recorded beside the runs. For one piece of work.</summary>
internal sealed class RecordedTask : IDisposable
{
    private readonly ModelSet _models;
    private readonly StepRoutingChatClient? _router;
    private readonly SqliteRunStore? _store;
    private readonly string? _account;
    private readonly WorkflowEngine _engine;

    private RecordedTask(CliContext context, RouterConfiguration configuration, ModelSet models, IRoutingPolicy policy, SqliteRunStore? store, string? account)
    {
        (_models, _store, _account) = (models, store, account);
        _router = models.Entries.Count == 0 ? null : new StepRoutingChatClient(
            models,
            new StepRoutingOptions { Policy = policy, RecordContent = configuration.RecordContent, TimeProvider = context.TimeProvider, Ids = context.Ids },
            ownsModels: false);
        _engine = new WorkflowEngine(new WorkflowEngineOptions
        {
            Models = models,
            Router = _router is null ? models : _router,
            TimeProvider = context.TimeProvider,
            IdGenerator = context.Ids,
            Store = store is null ? NullRunStore.Instance : store,
            FindAccount = configuration.Accounts.GetValueOrDefault,
            RecordContent = configuration.RecordContent,
        });
        RunId = context.Ids.NewId();
    }

    /// <summary>Gets the run under which it is recorded.</summary>
    public string RunId { get; }

    /// <summary>Puts the parts together. Sends nothing.</summary>
    /// <param name="context">The world.</param>
    /// <param name="configuration">The configuration, with the models that may be asked.</param>
    /// <param name="policy">Who chooses among them.</param>
    /// <param name="account">The account that was named, or <see langword="null"/>.</param>
    /// <param name="runs">The folder of records that was named, or <see langword="null"/>.</param>
    /// <param name="isRecorded">Whether it is recorded and draws from the account; work that cannot cost anything need not.</param>
    /// <exception cref="UsageException">There is no such account.</exception>
    /// <exception cref="ConfigurationException">A key or a setting is missing or wrong.</exception>
    public static RecordedTask Open(CliContext context, RouterConfiguration configuration, IRoutingPolicy policy, string? account, string? runs, bool isRecorded = true)
    {
        string? drawn = WorkflowProject.AccountName(configuration, account);
        ModelSet models = ModelSetFactory.Create(configuration, context.Secrets, context.TimeProvider);
        SqliteRunStore? store = null;
        try
        {
            store = isRecorded ? RunsFolder.Open(context, RunsFolder.Find(context, runs, configuration), configuration.Runs.Durability) : null;
            return new RecordedTask(context, configuration, models, policy, store, isRecorded ? drawn : null);
        }
        catch
        {
            store?.Dispose();
            models.Dispose();
            throw;
        }
    }

    /// <summary>Does the work to its end.</summary>
    /// <param name="note">What the record says of it.</param>
    /// <param name="budget">The limits.</param>
    /// <param name="work">The work; what it throws ends it as failed.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="Workflows.Runs.Sqlite.Accounts.AccountExceededException">The account has less left than the work may spend; nothing was sent.</exception>
    public Task<RunResult> RunAsync(TaskNote note, Budget budget, Func<IChatClient, CancellationToken, Task<TaskEnd>> work, CancellationToken cancellationToken) => _engine.RunTaskAsync(
        note.Name,
        new RunRequest { RunId = RunId, Inputs = note.Inputs, Budget = budget, Account = _account, Source = RunSource.OfCommand(note.Command) },
        work,
        cancellationToken);

    /// <summary>Does work of which something comes. What it throws is thrown on when it is recorded.</summary>
    /// <returns>What came of it, and how it ended.</returns>
    /// <exception cref="IOException">The record could not be written.</exception>
    /// <inheritdoc cref="RunAsync(TaskNote, Budget, Func{IChatClient, CancellationToken, Task{TaskEnd}}, CancellationToken)"/>
    public async Task<(T Value, RunResult Result)> RunAsync<T>(TaskNote note, Budget budget, Func<IChatClient, CancellationToken, Task<(T Value, TaskEnd End)>> work, CancellationToken cancellationToken)
    {
        (T Value, TaskEnd End)? came = null;
        ExceptionDispatchInfo? thrown = null;
        RunResult result = await RunAsync(
            note,
            budget,
            async (client, token) =>
            {
                try
                {
                    came = await work(client, token);
                    return came.Value.End;
                }
                catch (Exception exception)
                {
                    thrown = ExceptionDispatchInfo.Capture(exception);
                    throw;
                }
            },
            cancellationToken);
        // a record that is lost stops the work
        if (result.Outcome == RunOutcome.Failed && thrown?.SourceException is null or OperationCanceledException)
            throw new IOException(result.Reason);
        thrown?.Throw();
        return came is { } end ? (end.Value, result) : throw new OperationCanceledException(cancellationToken);
    }

    /// <summary>Reads the record; nothing where none is made.</summary>
    public IAsyncEnumerable<RunEvent> ReadAsync() => _store is null ? AsyncEnumerable.Empty<RunEvent>() : _store.ReadAsync(RunId, CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose()
    {
        _router?.Dispose();
        _models.Dispose();
        _store?.Dispose();
    }
}

/// <summary>What the record of a task says of it.</summary>
/// <param name="Name">What it is called where runs are listed.</param>
/// <param name="Inputs">What it was given.</param>
/// <param name="Command">The command that does it again, or goes on with it.</param>
internal sealed record TaskNote(string Name, IReadOnlyDictionary<string, JsonNode?> Inputs, string Command);
