using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Workflows.Runs;

/// <summary>Turns the records of runs into an outcome table: a row for each step, with the outcome of each model that was seen to take it.
/// Not thread-safe.</summary>
/// <remarks>
/// A step is a visit of a node that called models, together with the visits that do it again after a verification found it wrong. A model
/// that got it right in the end was right, and cost all its visits; one that never did was wrong, and cost its first: after that another
/// could have tried.
/// A visit is right when the next verification after it, in the same workflow, branch or map item, found the work right, or when the run
/// succeeded. After a verification that found it wrong, the node that is visited again first was the wrong one; others that are
/// visited again are not judged, and the rest waits for the next verification. A failed run blames what is left only where no verification has blamed anything. Visits of runs of the same task meet in one row: the same workflow with the same inputs. Runs that were
/// cancelled or wait for a person have shown nothing and are left out. A visit that several models shared is left out too.
/// </remarks>
public sealed class RunOutcomes
{
    private readonly Dictionary<string, Row> _rows = [];
    private readonly List<Row> _order = [];

    /// <summary>Gets the runs that were added and had shown something.</summary>
    public int Runs { get; private set; }

    /// <summary>Adds a run.</summary>
    /// <param name="events">Its events, in order.</param>
    /// <param name="task">The id of the task it was; by default made of the workflow and its inputs.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task AddAsync(IAsyncEnumerable<RunEvent> events, string? task = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        var run = new Run(task);
        await foreach (RunEvent runEvent in events.WithCancellation(cancellationToken).ConfigureAwait(false))
            run.Add(runEvent);
        Add(run);
    }

    /// <summary>Adds a run.</summary>
    /// <param name="events">Its events, in order.</param>
    /// <param name="task">The id of the task it was; by default made of the workflow and its inputs.</param>
    public void Add(IEnumerable<RunEvent> events, string? task = null)
    {
        ArgumentNullException.ThrowIfNull(events);
        var run = new Run(task);
        foreach (RunEvent runEvent in events)
            run.Add(runEvent);
        Add(run);
    }

    /// <summary>Gets the rows, in the order in which their steps were first seen. What several runs say of one model is averaged.</summary>
    public IReadOnlyList<OutcomeRow> Rows() => [.. _order.Select(row => row.ToOutcome())];

    private void Add(Run run)
    {
        if (!run.HasShown)
            return;
        Runs++;
        foreach ((int number, Step step) in Steps(run.Visits).Index())
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"{run.Task}/{step.Node}#{step.Number}");
            if (!_rows.TryGetValue(id, out Row? row))
            {
                _rows[id] = row = new Row(id, run.Task, number + 1, step.Node, step.Visits[0].Role);
                _order.Add(row);
            }

            foreach (IGrouping<string, Visit> ofModel in step.Visits.GroupBy(visit => visit.Model!))
                row.Add(ofModel.Key, [.. ofModel]);
        }
    }

    // a visit after one that a verification found wrong does the same step again
    private static List<Step> Steps(IEnumerable<Visit> visits)
    {
        var steps = new List<Step>();
        var last = new Dictionary<string, Step>();
        foreach (Visit visit in visits.Where(visit => visit is { Right: not null, Model: not null, IsShared: false }))
        {
            if (!last.TryGetValue(visit.Node, out Step? step) || step.Visits[^1] is not { Right: false, IsVerified: true })
            {
                last[visit.Node] = step = new Step(visit.Node, (step?.Number ?? 0) + 1, []);
                steps.Add(step);
            }

            step.Visits.Add(visit);
        }

        return steps;
    }

    private sealed record Step(string Node, int Number, List<Visit> Visits);

    private sealed class Run(string? task)
    {
        private readonly Dictionary<string, Visit> _open = [];
        private readonly List<Visit> _unjudged = [];
        private readonly HashSet<string> _blamed = [];

        public List<Visit> Visits { get; } = [];

        public string Task { get; private set; } = task ?? "";

        public bool HasShown { get; private set; }

        public void Add(RunEvent runEvent)
        {
            switch (runEvent)
            {
                case RunStarted started when task is null:
                    Task = TaskOf(started);
                    break;
                case NodeStarted { Node: { } node }:
                    Blame(node);
                    _open[node] = new Visit(node);
                    break;
                case StepRouted { Node: { } node } routed when _open.TryGetValue(node, out Visit? visit):
                    visit.Role ??= routed.Role;
                    break;
                // what is embedded for a visit is booked outside its calls
                case BudgetSettled { Node: { } node } settled when (settled.Step is not null || settled.Booked.Calls > 0) && _open.TryGetValue(node, out Visit? visit):
                    if (visit.Calls == 0)
                    {
                        Visits.Add(visit);
                        _unjudged.Add(visit);
                    }

                    visit.Add(settled);
                    break;
                case CallAnswered { Node: { } node } answered when _open.TryGetValue(node, out Visit? visit):
                    visit.Add(answered);
                    break;
                case NodeFinished { Node: { } node, Verified: { } verified }:
                    Judge(node, verified);
                    break;
                case RunEnded ended when ended.Outcome is RunOutcome.Succeeded or RunOutcome.Failed or RunOutcome.BudgetExceeded:
                    HasShown = true;
                    End(ended.Outcome == RunOutcome.Succeeded);
                    break;
            }
        }

        private void Judge(string node, bool right)
        {
            string part = PartOf(node);
            _blamed.Remove(part);
            foreach (Visit visit in _unjudged.Where(visit => visit.Node.StartsWith(part, StringComparison.Ordinal)))
            {
                if (right)
                    (visit.Right, visit.IsVerified) = (true, true);
                else
                    (visit.IsSuspect, visit.IsJudge) = (true, visit.Node == node);
            }

            _unjudged.RemoveAll(visit => visit.Right is not null);
        }

        // the first one that is done again after a failed verification was wrong; what follows from it is done again for its sake
        private void Blame(string node)
        {
            if (!_open.TryGetValue(node, out Visit? before) || before is not { IsSuspect: true, Right: null } || !_unjudged.Remove(before))
                return;
            string part = PartOf(node);
            if (_blamed.Add(part))
                (before.Right, before.IsVerified) = (false, true);
        }

        private static string PartOf(string node) => node[..(node.LastIndexOf('/') + 1)];

        private void End(bool succeeded)
        {
            // the last visit that a verification refused is to blame, though nobody tried again; the one that refused it only where it is alone
            if (!succeeded && (_unjudged.FindLast(visit => visit is { IsSuspect: true, IsJudge: false }) ?? _unjudged.FindLast(visit => visit.IsSuspect)) is { } last)
                (last.Right, last.IsVerified) = (false, true);
            bool isExplained = Visits.Exists(visit => visit is { Right: false, IsVerified: true });
            foreach (Visit visit in _unjudged.Where(visit => visit.Right is null && (succeeded || !isExplained)))
                visit.Right = succeeded;
        }

        // runs work on copies of their workspace; the copy's path is the same but for the run's id
        private static string TaskOf(RunStarted started)
        {
            var text = new StringBuilder(started.Workflow);
            foreach ((string name, string value) in started.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal))
                text.Append('\n').Append(name).Append('=').Append(started.RunId.Length > 0 ? value.Replace(started.RunId, "", StringComparison.Ordinal) : value);
            return $"{started.Workflow}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12]}";
        }
    }

    private sealed class Visit(string node)
    {
        public string Node => node;

        public string? Role { get; set; }

        public string? Model { get; private set; }

        public bool IsShared { get; private set; }

        public int Calls { get; private set; }

        public Money Cost { get; private set; }

        public TokenUsage Usage { get; private set; }

        public TimeSpan Latency { get; private set; }

        public bool? Right { get; set; }

        public bool IsVerified { get; set; }

        /// <summary>Gets or sets a value indicating whether a verification found the work wrong that the visit was part of.</summary>
        public bool IsSuspect { get; set; }

        /// <summary>Gets or sets a value indicating whether the visit was of the node whose verification found it wrong.</summary>
        public bool IsJudge { get; set; }

        public void Add(BudgetSettled settled)
        {
            Calls++;
            Cost += settled.Booked.Usd;
            IsShared |= Model is not null && Model != settled.Model;
            Model ??= settled.Model;
        }

        public void Add(CallAnswered answered)
        {
            Usage += answered.Usage ?? default;
            Latency += answered.Latency;
        }
    }

    private sealed class Row(string id, string task, int step, string node, string? role)
    {
        private readonly Dictionary<string, List<Attempt>> _models = [];
        private bool _isVerified;

        public void Add(string model, IReadOnlyList<Visit> visits)
        {
            if (!_models.TryGetValue(model, out List<Attempt>? attempts))
                _models[model] = attempts = [];
            attempts.Add(Attempt.Of(visits));
            _isVerified |= visits.Any(visit => visit.IsVerified);
        }

        public OutcomeRow ToOutcome() => new()
        {
            Id = id,
            Task = task,
            Step = step,
            Group = OutcomeRow.GroupOfNode(node),
            Role = role,
            IsVerified = _isVerified,
            Models = _models.ToDictionary(model => model.Key, model => Mean(model.Value)),
        };

        private static ModelOutcome Mean(List<Attempt> attempts) => new()
        {
            Score = attempts.Average(attempt => attempt.IsRight ? 1.0 : 0.0),
            Cost = Money.FromPicodollars(attempts.Sum(attempt => attempt.Cost.Picodollars) / attempts.Count),
            Calls = (int)Math.Round(attempts.Average(attempt => attempt.Calls)),
            InputTokens = attempts.Sum(attempt => attempt.Usage.Prompt) / attempts.Count,
            OutputTokens = attempts.Sum(attempt => attempt.Usage.Output) / attempts.Count,
            Latency = attempts.Aggregate(TimeSpan.Zero, (sum, attempt) => sum + attempt.Latency) / attempts.Count,
        };
    }

    // what one run says of one model at a step
    private sealed record Attempt(bool IsRight, Money Cost, int Calls, TokenUsage Usage, TimeSpan Latency)
    {
        public static Attempt Of(IReadOnlyList<Visit> visits)
        {
            bool isRight = visits[^1].Right!.Value;
            IEnumerable<Visit> paid = isRight ? visits : visits.Take(1);
            return paid.Aggregate(
                new Attempt(isRight, Money.Zero, 0, default, TimeSpan.Zero),
                (sum, visit) => sum with { Cost = sum.Cost + visit.Cost, Calls = sum.Calls + visit.Calls, Usage = sum.Usage + visit.Usage, Latency = sum.Latency + visit.Latency });
        }
    }
}
