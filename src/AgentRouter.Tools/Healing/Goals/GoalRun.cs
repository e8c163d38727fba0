using System.Globalization;
using System.Text.Json.Nodes;
using AgentRouter.Events;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Health;
using AgentRouter.Tools.Monitors;

namespace AgentRouter.Tools.Healing.Goals;

/// <summary>The way to one goal: plans, calls, heals, until it is reached, a lesser one is, or it is given up.</summary>
/// <remarks>
/// One logical thread: calls run beside it, and what comes of them is taken one at a time. What is satisfied stays satisfied, so a new path leads from
/// where the work stands, over what is still needed. Each failure ends in one event: a reroute, a demotion or an escalation.
/// </remarks>
internal sealed partial class GoalRun
{
    private readonly GoalRequest _request;
    private readonly HealingOptions _options;
    private readonly ToolMonitors _monitors;
    private readonly TimeProvider _timeProvider;
    private readonly ToolRunner _runner;
    private readonly GoalTools _tools;
    private readonly GoalFacts _facts = new();
    private readonly List<(int Tool, Task<ToolCallResult> Task)> _running = [];
    private readonly List<ToolAttempt> _attempts = [];
    private readonly List<int> _done = [];
    private readonly HashSet<string> _leftBehind = new(StringComparer.Ordinal);
    // capabilities that tools were used for which do not declare them: nobody but who chose them says that they do it
    private readonly Dictionary<string, string> _onWord = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _needs;
    private GoalPath _path = new([], 0, 0);
    private GoalPath? _checkedPath;
    private string? _reason;
    private string? _lesser;
    private int _nextLesser;
    private int _failures;
    private int _escalations;
    private int _withoutProgress;
    private bool _isGivenUp;

    public GoalRun(GoalRequest request, GoalTools tools, ToolHealthRegistry health, HealingOptions options, ToolMonitors monitors, TimeProvider timeProvider)
    {
        (_request, _tools, _options, _monitors, _timeProvider) = (request, tools, options, monitors, timeProvider);
        _runner = new ToolRunner(request.Caller, health, timeProvider);
        _needs = request.Goal.Needs;
        foreach ((string name, JsonNode? value) in request.Facts)
            _facts.Set(name, value?.DeepClone());
    }

    private CapabilityGoal Goal => _request.Goal;

    private IEnumerable<string> Missing => _needs.Where(need => !_facts.Has(need));

    private bool IsAnythingMissing => !_facts.HasAll(_needs);

    /// <summary>Goes the way to its end.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled; calls that were out have ended or were left behind.</exception>
    public async Task<GoalResult> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Misgiven() is { } problem)
                RefuseFacts(problem);
            else if (_request.Recall?.Next() is not (null or ToolPathPlanned) || !TryPlan(out GoalPath? path))
                await WithoutPathAsync(NoPathAtAll(), cancellationToken);
            else
                Take(path);
            while (!_isGivenUp && (IsAnythingMissing || _running.Count > 0))
            {
                await StartAsync(cancellationToken);
                if (_running.Count > 0)
                    await TakeNextAsync(cancellationToken);
                else if (!_isGivenUp && IsAnythingMissing)
                    await GoOnAsync(_reason ?? NoPathAtAll(), cancellationToken);
            }

            await DrainAsync(cancellationToken);
        }
        catch (Exception) when (_running.Count > 0)
        {
            // what is out is not left behind without a look, whatever ends the way
            await Task.WhenAll(_running.Select(run => (Task)run.Task)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await SettleDoubtsAsync(cancellationToken);
        if (_isGivenUp && _options.UndoWhenGivenUp)
            await UndoAsync([], cancellationToken);
        return Result();
    }

    private GoalResult Result()
    {
        string[] missing = _facts.HasAll(Goal.Needs) ? [] : [.. Goal.Needs.Where(need => !_facts.Has(need))];
        string[] onWord = _onWord.Count == 0 ? [] : [.. _onWord.Keys.Where(_facts.Has)];
        string[] said = onWord.Length == 0 ? [] : [.. Goal.Needs.Where(onWord.Contains).Select(need => $"{need} by {_onWord[need]}, which does not declare it")];
        GoalStatus status = _isGivenUp ? GoalStatus.Failed : _lesser is null && missing.Length == 0 && said.Length == 0 ? GoalStatus.Reached : GoalStatus.Lesser;
        return new GoalResult(Goal.Name, status)
        {
            Lesser = status == GoalStatus.Lesser ? _lesser ?? string.Join("; ", said) : null,
            Reason = status == GoalStatus.Reached ? null : _reason,
            Facts = _facts.GiveAway(),
            Attempts = _attempts,
            Missing = missing,
            LeftBehind = _leftBehind.Count == 0 ? [] : [.. _leftBehind],
            OnWord = onWord,
        };
    }

    // ---- calls ----

    /// <summary>Starts the tools of the path that can run, in its order.</summary>
    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await IsWiredWrongAsync(cancellationToken))
            return;
        for (int at = 0; at < _path.Tools.Count && _running.Count < _options.MaxParallel && !_isGivenUp; at++)
        {
            int tool = _path.Tools[at];
            if (!IsOpen(tool) || !_facts.HasAll(_tools[tool].Needs))
                continue;
            GoalPath path = _path;
            await StartAsync(tool, cancellationToken);
            // another path now: its tools come in its order
            if (!ReferenceEquals(path, _path))
                at = -1;
        }
    }

    private bool IsOpen(int tool) => !IsRunning(tool) && !_facts.HasAll(_tools[tool].Provides);

    private bool IsRunning(int tool)
    {
        foreach ((int running, _) in _running)
        {
            if (running == tool)
                return true;
        }

        return false;
    }

    private async Task StartAsync(int tool, CancellationToken cancellationToken)
    {
        CapabilityTool called = _tools[tool];
        _tools.Weigh(tool);
        if (_runner.ArgumentsOf(called, _facts, out string? problem) is not { } arguments)
        {
            await HealAsync(tool, new ToolFailure(ToolFailureKind.WrongArguments, problem!), cancellationToken);
            return;
        }

        int attempt = _tools.Calls(tool) + 1;
        var call = new ToolCall(called, arguments, CallIdOf(called, attempt), KeyOf(tool));
        // what a monitor said before the call comes before the call in the record, too
        bool isRecalled = !(_request.Recall?.Next() is ToolInterrupted before && before.Tool == called.Name) && IsRecalled(call);
        if (!isRecalled && await InterruptedAsync(tool, call, cancellationToken))
            return;
        _tools.CountCall(tool);
        // from now on it may be there
        _tools.Effect(tool);
        _running.Add((tool, CallAsync(tool, call, isRecalled, cancellationToken)));
    }

    private async Task<ToolCallResult> CallAsync(int tool, ToolCall call, bool isRecalled, CancellationToken cancellationToken)
    {
        if (_tools.Failures(tool) is > 0 and var failures)
            await PauseAsync(failures, isRecalled ? null : _tools.HealthOf(tool), cancellationToken);
        return await _runner.CallAsync(call, isRecalled, cancellationToken);
    }

    private bool IsRecalled(ToolCall call) => _request.Recall?.IsCalled(call.CallId) == true;

    /// <param name="failures">How often the call has failed.</param>
    /// <param name="entered">What gave the right to call, which is given back when the pause is broken off; or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Breaks the pause off.</param>
    private async Task PauseAsync(int failures, ToolHealth? entered, CancellationToken cancellationToken)
    {
        double pause = Math.Min(HealingDefaults.FirstPause.TotalMilliseconds * Math.Pow(2, failures - 1), _options.LongestPause.TotalMilliseconds);
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(pause), _timeProvider, cancellationToken);
        }
        catch
        {
            entered?.Left();
            throw;
        }
    }

    private string CallIdOf(CapabilityTool tool, int attempt) => string.Create(CultureInfo.InvariantCulture, $"{_request.CallPrefix}/{tool.Name}/{attempt}");

    private string KeyOf(int tool) => _tools.Undone(tool) == 0
        ? $"{_request.Key}/{_tools[tool].Name}"
        : string.Create(CultureInfo.InvariantCulture, $"{_request.Key}/{_tools[tool].Name}~{_tools.Undone(tool)}");

    private async Task TakeNextAsync(CancellationToken cancellationToken)
    {
        int at = _running.FindIndex(run => run.Task.IsCompleted);
        if (at < 0)
        {
            Task<ToolCallResult> first = await Task.WhenAny(_running.Select(run => run.Task));
            at = _running.FindIndex(run => run.Task == first);
        }

        Task<ToolCallResult> ended = _running[at].Task;
        int tool = _running[at].Tool;
        _running.RemoveAt(at);
        ToolCallResult result = await ended;
        _attempts.Add(new ToolAttempt(_tools[tool].Name, result.Failure));
        if (result.Failure is { Kind: ToolFailureKind.Declined } declined && !_isDraining && !_isGivenUp)
            await RefuseAsync(tool, _tools[tool], $"{_tools[tool].Name}: {declined.Message}", null, byPerson: true, cancellationToken);
        else if (result.Failure is { } failure)
            await HealAsync(tool, failure, cancellationToken);
        else
            Satisfy(tool, result.Value);
    }

    private void Satisfy(int tool, JsonNode? value)
    {
        if (_doubts.Remove(tool))
            Emit(new ToolDoubtSettled(_tools[tool].Name, "done", "retry"));
        _facts.SetAll(_tools[tool], value);
        _done.Add(tool);
        _withoutProgress = 0;
    }

    // ---- paths ----

    private bool TryPlan([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out GoalPath? path, IReadOnlyList<string>? needs = null)
    {
        // what is on its way counts as there
        IEnumerable<string> have = _running.Count == 0 ? _facts.Names : _facts.Names.Concat(_running.SelectMany(run => _tools[run.Tool].Provides));
        path = Recalled() ?? _tools.Plan(needs ?? _needs, have);
        return path is not null;
    }

    /// <summary>Gets the path that was found when this work was done before.</summary>
    private GoalPath? Recalled()
    {
        (IReadOnlyList<string> Names, double Cost, double Bound)? found = _request.Recall?.Next() switch
        {
            ToolPathPlanned planned => (planned.Path, planned.Cost, planned.LowerBound),
            ToolRerouted rerouted => (rerouted.Path, rerouted.Cost, rerouted.Cost),
            GoalDemoted demoted => (demoted.Path, 0, 0),
            _ => null,
        };
        if (found is not { } path || !path.Names.All(name => _tools.Graph.FindTool(name) is not null))
            return null;
        return new GoalPath([.. path.Names.Select(_tools.Graph.IndexOf)], path.Cost, path.Bound);
    }

    private void Take(GoalPath path)
    {
        _path = path;
        if (_request.Events is not null)
            Emit(new ToolPathPlanned(Goal.Name, NamesOf(path), path.Cost, path.LowerBound));
    }

    private string[] NamesOf(GoalPath path) => [.. path.Tools.Select(tool => _tools[tool].Name)];

    private void Emit(RunEvent happened) => _request.Events?.Emit(happened with { Node = _request.Node, Step = _request.Step });
}
