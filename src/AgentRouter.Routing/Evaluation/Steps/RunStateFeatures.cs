using AgentRouter.Routing.Evaluation.Trajectories;

namespace AgentRouter.Routing.Evaluation.Steps;

/// <summary>What a run looks like after some of its steps, as numbers: errors, repetitions, turns, sizes. No hindsight: only what a router
/// would have seen by then.</summary>
internal static class RunStateFeatures
{
    /// <summary>How many of the features there are before those of single tools.</summary>
    public const int Dense = 24;

    // the error flags of recordings are unreliable: they fire on "No errors found"
    private static readonly string[] ErrorStarts = ["{\"error", "error", "Traceback"];

    private static readonly string[] Doubts = ["sorry", "cannot", "can't", "unable", "clarif", "please provide", "could you", "not available"];

    /// <summary>Gets whether a tool's answer reports an error.</summary>
    public static bool IsError(string observation)
    {
        ReadOnlySpan<char> start = observation.AsSpan().TrimStart();
        foreach (string error in ErrorStarts)
        {
            if (start.StartsWith(error, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Reads the features.</summary>
    /// <param name="run">The run.</param>
    /// <param name="steps">How many of its steps have been taken, from 1.</param>
    /// <param name="tools">The tools that have a feature of their own.</param>
    public static double[] Of(RecordedRun run, int steps, IReadOnlyList<string> tools)
    {
        var features = new double[Dense + tools.Count];
        var seenCalls = new HashSet<RecordedCall>();
        var seenTools = new HashSet<string>();
        string? failedTool = null;
        int calls = 0, errors = 0, inARow = 0, mostInARow = 0, repeats = 0, sameAfterError = 0, doubts = 0, questions = 0, silentTurns = 0, turnCalls = 0, stepsInTurn = 0, turns = 0;
        double output = 0, mostOutput = 0, said = 0, observed = 0, arguments = 0;
        bool lastIsError = false, closedOnError = false;
        for (int at = 0; at < steps; at++)
        {
            RecordedStep step = run.Steps[at];
            if (at > 0 && step.Turn != run.Steps[at - 1].Turn)
            {
                turns++;
                silentTurns += turnCalls == 0 ? 1 : 0;
                closedOnError |= lastIsError;
                (turnCalls, stepsInTurn) = (0, 0);
            }

            stepsInTurn++;
            foreach (RecordedCall call in step.Calls)
            {
                calls++;
                turnCalls++;
                repeats += seenCalls.Add(call) ? 0 : 1;
                seenTools.Add(call.Tool);
                sameAfterError += call.Tool == failedTool ? 1 : 0;
                arguments += call.Arguments.Length;
                for (int tool = 0; tool < tools.Count; tool++)
                    features[Dense + tool] += tools[tool] == call.Tool ? 1 : 0;
            }

            lastIsError = false;
            foreach (string observation in step.Observations)
            {
                bool isError = IsError(observation);
                errors += isError ? 1 : 0;
                inARow = isError ? inARow + 1 : 0;
                mostInARow = Math.Max(mostInARow, inARow);
                lastIsError |= isError;
                observed += observation.Length;
            }

            failedTool = lastIsError && step.Calls.Count > 0 ? step.Calls[^1].Tool : null;
            output += step.OutputTokens;
            mostOutput = Math.Max(mostOutput, step.OutputTokens);
            said += step.Text.Length;
            questions += step.Text.Contains('?') ? 1 : 0;
            doubts += Array.Exists(Doubts, word => step.Text.Contains(word, StringComparison.OrdinalIgnoreCase)) ? 1 : 0;
        }

        RecordedStep last = run.Steps[steps - 1];
        int begun = turns + 1;
        double[] dense =
        [
            steps, last.Turn, (double)steps / begun, stepsInTurn, errors, (double)errors / Math.Max(calls, 1), lastIsError ? 1 : 0, mostInARow,
            (double)repeats / Math.Max(calls, 1), sameAfterError, (double)calls / steps, (double)calls / begun, (double)silentTurns / begun, closedOnError ? 1 : 0,
            doubts, questions, seenTools.Count, Math.Log(1 + said), Math.Log(1 + output), Math.Log(1 + mostOutput), Math.Log(1 + observed),
            Math.Log(1 + arguments), Math.Log(1 + run.Turns.Take(last.Turn + 1).Sum(turn => turn.Length)), Math.Log(1 + last.PromptTokens),
        ];
        dense.CopyTo(features, 0);
        return features;
    }

    /// <summary>Gets the tools that are called most.</summary>
    public static IReadOnlyList<string> CommonTools(IEnumerable<RecordedRun> runs, int most) =>
        [.. runs.SelectMany(run => run.Steps).SelectMany(step => step.Calls).GroupBy(call => call.Tool).OrderByDescending(calls => calls.Count()).ThenBy(calls => calls.Key, StringComparer.Ordinal).Take(most).Select(calls => calls.Key)];
}
