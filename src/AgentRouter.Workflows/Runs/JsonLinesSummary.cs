using System.Text;
using System.Text.Json;
using AgentRouter.Events;
using AgentRouter.Pricing;

namespace AgentRouter.Workflows.Runs;

/// <summary>Sums a record up from its first and its last line; only the record of a run that has not ended is read in full.</summary>
internal static class JsonLinesSummary
{
    private const int TailBytes = 65_536;

    public static async ValueTask<RunSummary> ReadAsync(string runId, string path, CancellationToken cancellationToken)
    {
        RunStarted? started = await FirstAsync(path, cancellationToken) as RunStarted;
        if (await LastAsync(path, cancellationToken) is RunEnded ended)
            return Summarize(runId, started, ended.Outcome, ended.Budget.Spent.Usd, ended.Budget.Spent.Calls);
        Money spent = Money.Zero;
        long calls = 0;
        await foreach (JsonLine line in JsonLinesFile.ReadAsync(path, cancellationToken))
        {
            if (Parse(line.Text) is BudgetSettled settled)
            {
                spent += settled.Booked.Usd;
                calls += settled.Booked.Calls;
            }
        }

        return Summarize(runId, started, null, spent, calls);
    }

    private static RunSummary Summarize(string runId, RunStarted? started, RunOutcome? outcome, Money spent, long calls) =>
        new(runId, started?.Workflow, started?.Time, outcome, spent, started?.Budget.LimitUsd, calls);

    private static async ValueTask<RunEvent?> FirstAsync(string path, CancellationToken cancellationToken)
    {
        await foreach (JsonLine line in JsonLinesFile.ReadAsync(path, cancellationToken))
            return Parse(line.Text);
        return null;
    }

    private static async ValueTask<RunEvent?> LastAsync(string path, CancellationToken cancellationToken)
    {
        await using FileStream file = JsonLinesFile.Open(path);
        int length = (int)Math.Min(TailBytes, file.Length);
        file.Seek(-length, SeekOrigin.End);
        byte[] tail = new byte[length];
        length = await file.ReadAtLeastAsync(tail, length, throwOnEndOfStream: false, cancellationToken);
        int end = length > 0 && tail[length - 1] == '\n' ? length - 1 : -1;
        if (end <= 0)
            return null;
        int start = Array.LastIndexOf(tail, (byte)'\n', end - 1) + 1;
        return Parse(Encoding.UTF8.GetString(tail, start, end - start));
    }

    private static RunEvent? Parse(string line)
    {
        try
        {
            return RunEventJson.Deserialize(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
