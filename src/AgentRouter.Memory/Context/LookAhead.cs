using AgentRouter.Budgets;
using AgentRouter.Prompts;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Context;

/// <summary>Tries strategies for some steps, one after another so that a record of it can be followed again, and keeps the one that goes on best.</summary>
/// <remarks>The idea of comparing branches that begin with different contexts is that of AgentSwing; there they run to any tool, here only tools that change nothing are called in them.</remarks>
/// <param name="options">The limit.</param>
/// <param name="host">What the conversation is part of.</param>
/// <param name="client">What goes on; what it refuses ends no run.</param>
/// <param name="tokens">Counts tokens.</param>
/// <param name="recall">Recalls in branches.</param>
internal sealed class LookAhead(ContextLimitOptions options, IContextHost host, IChatClient client, ContextTokens tokens, RoundRecall recall)
{
    private readonly RoundSummary _summary = new(client);
    private readonly BranchChoice _choice = new(client);

    /// <summary>Tries.</summary>
    /// <param name="state">The conversation, which stays as it is.</param>
    /// <param name="all">The messages of the caller's.</param>
    /// <param name="cut">What is left out.</param>
    /// <param name="before">The tokens that would have been sent.</param>
    /// <param name="request">The options of the request.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The branch that is kept, and what is told of it.</returns>
    public async ValueTask<(ContextBranch Kept, ContextCompaction Compaction)> RunAsync(
        ContextState state, IReadOnlyList<ChatMessage> all, ContextCut cut, long before, ChatOptions? request, CancellationToken cancellationToken)
    {
        ContextStrategy first = First(cut);
        ContextStrategy[] others = [.. new[] { ContextStrategy.KeepLast, ContextStrategy.Recall, ContextStrategy.Summarize }.Where(strategy => strategy != first && (strategy != ContextStrategy.Recall || host.CanRecall))];
        var tools = new BranchTools(request?.Tools, host);
        var branches = new List<ContextBranch>();
        bool isExhausted = false;
        foreach (ContextStrategy strategy in others.Prepend(first))
        {
            // what it costs is known only now
            if (isExhausted || (strategy == ContextStrategy.Summarize && strategy != first && !MaySummarize(cut)))
                continue;
            var branch = new ContextBranch(strategy, state.Copy());
            branches.Add(branch);
            try
            {
                await GoAsync(branch, all, cut, tools, request, cancellationToken).ConfigureAwait(false);
            }
            catch (BudgetExceededException exception)
            {
                (branch.Problem, isExhausted) = (exception.Message, true);
            }
        }

        ContextBranch[] going = [.. branches.Where(branch => branch.HasGoneOn)];
        (int? place, string? problem) = going.Length > 1 ? await _choice.AskAsync(AppendedText.Without(cut.Task), going, request, cancellationToken).ConfigureAwait(false) : (null, null);
        ContextBranch kept = going.Length > 0 ? going[place ?? 0] : branches.Find(branch => branch.TokensAfter > 0) ?? Shortened(new ContextBranch(ContextStrategy.KeepLast, state.Copy()), all, cut, null, request);
        string reason = place is not null ? $"a look ahead of up to {options.LookAhead} steps found it the best of {going.Length}"
            : going.Length > 1 ? $"it is the first of {going.Length} that went on, and there is no choice: {PromptLine.Of(problem!, 200)}"
            : going.Length == 1 ? "it is the only one that went on" : "none went on, and it is the first";
        foreach (ContextBranch failed in branches.Where(branch => branch.Problem is not null))
            reason += $"; {Word(failed.Strategy)} did not: {PromptLine.Of(failed.Problem!, 200)}";
        return (kept, new ContextCompaction(kept.Strategy, reason, cut.Rounds, before, kept.TokensAfter) { ResultsCut = cut.ResultsCut, Tried = [.. branches.Select(branch => branch.Strategy)] });
    }

    // what is done without looking ahead comes first: it is kept where nothing is better
    private ContextStrategy First(ContextCut cut)
    {
        ContextStrategy first = ContextChoice.Of(options, host, tokens, cut.LeftOut).Strategy;
        return host.IsSummaryNext switch
        {
            true => ContextStrategy.Summarize,
            false when first == ContextStrategy.Summarize => host.CanRecall ? ContextStrategy.Recall : ContextStrategy.KeepLast,
            _ => first,
        };
    }

    private bool MaySummarize(ContextCut cut) => host.IsSummaryNext ?? ContextChoice.MaySummarize(options, host, tokens, cut.LeftOut);

    private async Task GoAsync(ContextBranch branch, IReadOnlyList<ChatMessage> all, ContextCut cut, BranchTools tools, ChatOptions? request, CancellationToken cancellationToken)
    {
        string? summary = null;
        if (branch.Strategy == ContextStrategy.Summarize)
        {
            (summary, branch.Problem) = await _summary.WriteAsync(
                AppendedText.Without(cut.Task), branch.State.Summary, cut.LeftOut, ContextLimitDefaults.SummaryTokens(options.Tokens), request, cancellationToken).ConfigureAwait(false);
            if (summary is null)
                return;
        }

        Shortened(branch, all, cut, summary, request);
        for (int step = 0; step < options.LookAhead && tokens.Of(branch.State.View(all), request) is var now && now <= options.Tokens - recall.Room(branch.State); step++)
        {
            await recall.ApplyAsync(branch.State, all, now, cancellationToken).ConfigureAwait(false);
            ChatResponse response;
            try
            {
                response = await client.GetResponseAsync(branch.State.View(all), request, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or BudgetExceededException))
            {
                branch.Problem = exception.Message;
                return;
            }

            FunctionCallContent[] calls = [.. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];
            if (calls.Length == 0 || await tools.CallAsync(calls, cancellationToken).ConfigureAwait(false) is not { } results)
            {
                branch.End = response;
                return;
            }

            ChatMessage[] round = [.. response.Messages, results];
            branch.Rounds.AddRange(round);
            branch.State.Append(all[^1], round);
        }
    }

    private ContextBranch Shortened(ContextBranch branch, IReadOnlyList<ChatMessage> all, ContextCut cut, string? summary, ChatOptions? request)
    {
        branch.State.Apply(cut, summary, branch.Strategy == ContextStrategy.Recall, options.HasMemory);
        branch.TokensAfter = tokens.Of(branch.State.View(all), request);
        return branch;
    }

    private static string Word(ContextStrategy strategy) => char.ToLowerInvariant(strategy.ToString()[0]) + strategy.ToString()[1..];
}
