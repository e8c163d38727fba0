using System.CommandLine;
using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Terminals;
using AgentRouter.Events;
using AgentRouter.Routing.Policies.Fixed;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Cli.Hosting.Embeddings;

/// <summary>The work of a command that makes vectors: what they cost is recorded beside the runs, and drawn from an account.</summary>
internal sealed class RecordedEmbedding
{
    private readonly Option<string?> _account = SharedOptions.DrawnAccount();
    private readonly Option<string?> _runs = SharedOptions.SpendingRecords();
    private readonly string _name;

    /// <summary>Makes it and adds its options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="name">What it is called where runs are listed, and on the command line.</param>
    public RecordedEmbedding(CliCommand command, string name)
    {
        _name = name;
        command.Add(_account);
        command.Add(_runs);
    }

    /// <summary>Does the work.</summary>
    /// <param name="context">The world.</param>
    /// <param name="result">The options.</param>
    /// <param name="choice">The embeddings, and what they may cost.</param>
    /// <param name="words">What the command works on, as words of a command line; they are in the record.</param>
    /// <param name="work">The work. Embeddings that the choice it is given opens are paid from its task.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="UsageException">There is no such account, or nothing that draws from it.</exception>
    public async Task<int> RunAsync(CliContext context, ParseResult result, EmbeddingChoice choice, IEnumerable<string> words, Func<EmbeddingChoice, Task<int>> work, CancellationToken cancellationToken)
    {
        if (!choice.MayCost || choice.Budget is null)
        {
            return result.GetValue(_account) is null ? await work(choice)
                : throw new UsageException("--account has no effect without embeddings that cost money, and a --budget for them.");
        }

        using RecordedTask task = RecordedTask.Open(context, choice.Configuration with { Models = [] }, FixedPolicy.AlwaysSmall, result.GetValue(_account), result.GetValue(_runs));
        var paid = new EmbeddingTask(task, Note(choice, words), choice.TaskBudget, cancellationToken);
        var end = new TaskEnd(RunOutcome.Failed, "The command failed.");
        try
        {
            int code = await work(choice.PaidBy(paid));
            end = new TaskEnd(RunOutcome.Succeeded);
            return code;
        }
        catch (Exception exception)
        {
            end = exception is OperationCanceledException && cancellationToken.IsCancellationRequested ? new TaskEnd(RunOutcome.Cancelled)
                : new TaskEnd(exception is BudgetExceededException ? RunOutcome.BudgetExceeded : RunOutcome.Failed, exception.Message);
            throw;
        }
        finally
        {
            await paid.EndAsync(end);
        }
    }

    private TaskNote Note(EmbeddingChoice choice, IEnumerable<string> words) => new(
        _name,
        choice.Named is { } named ? new Dictionary<string, JsonNode?> { ["embeddings"] = named.Name } : [],
        string.Join(' ', [AgentRouterCommand.Name, _name, .. words.Select(ShellText.Quote), .. choice.Words()]));
}
