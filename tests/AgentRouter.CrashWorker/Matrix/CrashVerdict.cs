using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.CrashWorker.Work;
using AgentRouter.Events;
using AgentRouter.Workflows.Runs.Sqlite;
using Microsoft.Extensions.AI;

namespace AgentRouter.CrashWorker.Matrix;

/// <summary>Judges a run that was killed and gone on with.</summary>
public sealed class CrashVerdict
{
    // what a person who says that a lost call was done cannot bring back
    private const string Lost = "what it returned is lost";

    private readonly List<string> _problems = [];
    private readonly Undisturbed _expected;
    private readonly CaseFiles _files;
    private readonly CrashResult _result;

    private CrashVerdict(Undisturbed expected, CaseFiles files, CrashResult result) => (_expected, _files, _result) = (expected, files, result);

    /// <summary>Gets what is wrong, a sentence each; empty for a run that ended as it should.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Gets how many calls were in doubt.</summary>
    public int CallsInDoubt { get; private set; }

    /// <summary>Gets how many answers the provider gave and nobody has: each of them is a call in doubt.</summary>
    public int AnswersLost { get; private set; }

    /// <summary>Gets how many tool calls a person was asked about.</summary>
    public int ToolsInDoubt => _result.Doubts.Count;

    /// <summary>Gets how many answered calls were made again.</summary>
    public int PaidTwice { get; private set; }

    /// <summary>Judges.</summary>
    /// <param name="expected">The same run, undisturbed.</param>
    /// <param name="folder">The folder of the case.</param>
    /// <param name="kept">How many events were acknowledged before the kill.</param>
    /// <param name="afterKill">The events as they were read after the kill.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<CrashVerdict> OfAsync(Undisturbed expected, string folder, int kept, IReadOnlyList<RunEvent> afterKill, CancellationToken cancellationToken = default)
    {
        var files = new CaseFiles(folder);
        var verdict = new CrashVerdict(expected, files, files.ReadResult() ?? new CrashResult { Error = "nothing", Message = "There is no result." });
        if (afterKill.Count != kept)
            verdict._problems.Add($"{kept} events were acknowledged, {afterKill.Count} are there after the kill.");
        using var store = new SqliteRunStore(files.Store);
        List<RunEvent> events = await store.ReadAsync(CaseFiles.RunId, cancellationToken).ToListAsync(cancellationToken);
        var answers = new List<(CallAnswered, string)>();
        foreach (CallAnswered answered in events.OfType<CallAnswered>())
        {
            ReadOnlyMemory<byte> value = await store.ReadValueAsync(answered.Value!, cancellationToken);
            answers.Add((answered, JsonSerializer.Deserialize<ChatResponse>(value.Span, AIJsonUtilities.DefaultOptions)!.ResponseId!));
        }

        verdict.JudgeEnd();
        verdict.JudgeWork();
        verdict.JudgeMoney(events, answers);
        return verdict;
    }

    private void JudgeEnd()
    {
        if (_result.Error is { } error)
            _problems.Add($"{error}: {_result.Message}");
        if (_result.Outcome != _expected.Result.Outcome)
            _problems.Add($"It ended {_result.Outcome}: {_result.Reason}");
        if (_result.Mismatch is { } mismatch)
            _problems.Add($"Its replay differs. {mismatch}");
        if (_result.Answer != _expected.Result.Answer)
            _problems.Add($"Its answer is another one: {_result.Answer}");
        JsonObject expected = JsonNode.Parse(_expected.Result.Outputs)!.AsObject(), outputs = JsonNode.Parse(_result.Outputs)!.AsObject();
        foreach (string node in expected.Select(output => output.Key).Union(outputs.Select(output => output.Key)))
        {
            string? now = outputs[node]?.ToJsonString();
            if (now?.Contains(Lost, StringComparison.Ordinal) != true && expected[node]?.ToJsonString() != now)
                _problems.Add($"The output of '{node}' is another one: {now}");
        }
    }

    private void JudgeWork()
    {
        if (!_files.HashWorkspace().SequenceEqual(_expected.Workspace))
            _problems.Add("The files of the workspace are others.");
        IReadOnlyList<string> effects = _files.Effects.Read();
        if (!effects.Order(StringComparer.Ordinal).SequenceEqual(_expected.Effects.Order(StringComparer.Ordinal)))
            _problems.Add($"The tools did {string.Join("; ", effects)}");
    }

    private void JudgeMoney(List<RunEvent> events, List<(CallAnswered Event, string Id)> answers)
    {
        Dictionary<string, Bill> bills = _files.ReadBills().ToDictionary(bill => bill.Id);
        CallsInDoubt = events.OfType<CallInDoubt>().Count();
        AnswersLost = bills.Keys.Except(answers.Select(answer => answer.Id)).Count();
        PaidTwice = answers.Count - answers.DistinctBy(answer => answer.Id).Count() + Math.Max(0, AnswersLost - CallsInDoubt);
        if (PaidTwice > 0)
            _problems.Add($"{PaidTwice} answered calls were made again.");
        List<BudgetSettled> bookings = [.. events.OfType<BudgetSettled>().Where(settled => settled.Booked.Calls > 0)];
        foreach ((CallAnswered answered, string id) in answers)
        {
            // the last booking of its step before it
            BudgetSettled booked = bookings.Last(settled => settled.Step == answered.Step && settled.Sequence < answered.Sequence);
            bookings.Remove(booked);
            if (!bills.TryGetValue(id, out Bill? bill))
                _problems.Add($"The provider never gave the answer {id}.");
            else if (bill.Picodollars != booked.Booked.Usd.Picodollars)
                _problems.Add($"The answer {id} is billed at {bill.Picodollars} and booked at {booked.Booked.Usd.Picodollars}.");
        }

        // what is left was booked for calls whose answer nobody has
        if (bookings.Count != CallsInDoubt)
            _problems.Add($"{CallsInDoubt} calls were in doubt, {bookings.Count} are booked without an answer.");
        long doubted = bookings.Sum(settled => settled.Booked.Usd.Picodollars), billed = bills.Values.Sum(bill => bill.Picodollars);
        long answeredFor = answers.Sum(answer => bills.GetValueOrDefault(answer.Id)?.Picodollars ?? 0);
        if (_result.Spent != answeredFor + doubted)
            _problems.Add($"The ledger has {_result.Spent}; the provider's bills and the calls in doubt come to {answeredFor} + {doubted}.");
        if (_result.Spent < billed || (CallsInDoubt == 0 && _result.Spent != billed))
            _problems.Add($"The ledger has {_result.Spent}, the provider billed {billed}, and {CallsInDoubt} calls were in doubt.");
    }
}
