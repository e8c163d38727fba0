using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Models;
using AgentRouter.Providers;
using AgentRouter.Routing;
using AgentRouter.Tools;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.CrashWorker.Work;

/// <summary>Does a job: a run of the real engine over the real store, with models that answer from a script.</summary>
public sealed class CrashWork : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly CrashJob _job;
    private readonly CaseFiles _files;
    private readonly TimeProvider _clock;
    private readonly SqliteRunStore _sqlite;
    private readonly IRunStore _store;
    private readonly WorkflowDefinition _workflow;
    private readonly ModelSet _models;
    private readonly WorkflowEngine _engine;
    private readonly List<string> _doubts = [];

    private CrashWork(CrashJob job, TimeProvider timeProvider, Death? death)
    {
        _job = job;
        _files = new CaseFiles(job.Folder);
        _clock = job.ClockOffset == TimeSpan.Zero ? timeProvider : new OffsetClock(timeProvider, job.ClockOffset);
        _sqlite = new SqliteRunStore(new SqliteRunStoreOptions { Folder = _files.Store, Durability = job.Durability, LeaseTime = Lease, TimeProvider = _clock });
        _store = job.DiesAt is { } at ? new MortalStore(_sqlite, at, job.DiesBefore, death!) : _sqlite;
        IReadOnlyList<IToolSource> tools = [new CheckedWorkspaceTools(_files.Effects), new ShopTools(_files.Effects, job.Dawdles)];
        (_workflow, RouterConfiguration configuration) = CrashWorkflow.Of(job.Workflow).Load(tools);
        using ModelSet scripted = ModelSetFactory.Create(configuration, new NoSecrets(), _clock);
        _models = new ModelSet(scripted.Tiers);
        foreach (ModelEntry entry in scripted.Entries)
            _models.Add(entry.Profile, new BilledModel(entry.Client, entry.Profile, _files.Bills), entry.TokenCounter);
        var router = new StepRoutingChatClient(_models, new StepRoutingOptions
        {
            Policy = _workflow.Router.CreatePolicy(_workflow.Router.Policy!),
            Tiers = _workflow.Router.Tiers,
            TimeProvider = _clock,
        }, ownsModels: false);
        _engine = new WorkflowEngine(new WorkflowEngineOptions { Models = _models, Router = router, Tools = tools, TimeProvider = _clock, Store = _store });
    }

    /// <summary>Does a job and writes its result; what callers of the engine are told by exceptions is a result too.</summary>
    /// <param name="job">The job.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="death">Where a job that ends in a kill ends.</param>
    public static async Task DoAsync(CrashJob job, TimeProvider timeProvider, Death? death = null)
    {
        Directory.CreateDirectory(job.Folder);
        using var work = new CrashWork(job, timeProvider, death);
        CrashResult result;
        try
        {
            result = await work.DoAsync();
        }
        catch (Exception exception)
        {
            // which of them callers are told of is for the judge to say
            result = new CrashResult { Error = exception.GetType().Name, Message = exception.Message };
        }

        work._files.WriteResult(job.ResultName, result);
        // a run that ended before its place has no more to do
        if (death is not null)
            await death.ComeAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _models.Dispose();
        _sqlite.Dispose();
    }

    private async Task<CrashResult> DoAsync()
    {
        if (_job.Pages is { } pages)
            _sqlite.Writer.Read(db => db.Number($"PRAGMA max_page_count = {db.Number("PRAGMA page_count") + pages}"));
        if (_job.IsReadOnly)
            _sqlite.Writer.Read(db => db.Execute("PRAGMA query_only = 1"));
        RunResult result;
        try
        {
            result = _job.Resumes ? await ResumeAsync() : await StartAsync();
            while (result.Outcome == RunOutcome.Waiting && await AnswerAsync())
                result = await ResumeAsync();
        }
        catch (RunEndedException)
        {
            // its process was killed right after its last event
            return await ReadEndAsync();
        }

        ReplayResult? replay = result.Outcome is RunOutcome.Succeeded ? await _engine.ReplayAsync(_workflow, CaseFiles.RunId) : null;
        return ResultOf(result, result.Budget, replay);
    }

    private async Task<CrashResult> ReadEndAsync()
    {
        ReplayResult replay = await _engine.ReplayAsync(_workflow, CaseFiles.RunId);
        var end = (RunEnded)await _store.ReadAsync(CaseFiles.RunId).LastAsync();
        return ResultOf(replay.Result, end.Budget, replay) with { Outcome = end.Outcome.ToString(), Reason = end.Reason, Answer = end.Answer };
    }

    private CrashResult ResultOf(RunResult result, BudgetSnapshot budget, ReplayResult? replay) => new()
    {
        Outcome = result.Outcome.ToString(),
        Reason = result.Reason,
        Answer = result.Answer,
        Outputs = result.Outputs.ToJsonString(),
        Spent = budget.Spent.Usd.Picodollars,
        Doubts = _doubts,
        Mismatch = replay?.Mismatch?.Message,
        Replayed = replay?.Events ?? 0,
    };

    private async Task<RunResult> StartAsync()
    {
        if (CrashWorkflow.Of(_job.Workflow).Workspace is { } source)
            CopyFolder(source, _files.Workspace);
        return await _engine.Start(_workflow, new RunRequest
        {
            RunId = CaseFiles.RunId,
            WorkspaceRoot = Directory.Exists(_files.Workspace) ? _files.Workspace : null,
            StreamEvents = false,
        }).Completion;
    }

    private async Task<RunResult> ResumeAsync()
    {
        while (true)
        {
            try
            {
                return await (await _engine.ResumeAsync(_workflow, CaseFiles.RunId, streamEvents: false)).Completion;
            }
            catch (RunInUseException) when (!_job.IsImpatient)
            {
                // the claim of a process that was killed ends by itself
                await Task.Delay(Pause, TimeProvider.System);
            }
        }
    }

    /// <summary>Answers the first question of the run as a person would who looks the tool's own log up.</summary>
    private async Task<bool> AnswerAsync()
    {
        if (await RunAnswers.FindAsync(_store, CaseFiles.RunId) is not [var question, ..])
            return false;
        List<RunEvent> events = await _store.ReadAsync(CaseFiles.RunId).ToListAsync();
        ToolCalled doubted = events.OfType<ToolCalled>().Last(call => call.Node == question.Node && call.Step == question.Step);
        // this call was made when the log has more effects like it than have returned
        int made = _files.Effects.Read().Count(effect => DoubtedEffect.IsOf(effect, doubted));
        int returned = events.OfType<ToolCalled>().Count(call => call.Step != doubted.Step && call.Tool == doubted.Tool && call.Arguments == doubted.Arguments
            && events.OfType<ToolReturned>().Any(end => end.Step == call.Step && end.Succeeded));
        string answer = made > returned ? "done" : "again";
        _doubts.Add(answer);
        await RunAnswers.AddAsync(_store, CaseFiles.RunId, answer, question.Node, _clock);
        return true;
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        foreach (string folder in Directory.EnumerateDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
            CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
