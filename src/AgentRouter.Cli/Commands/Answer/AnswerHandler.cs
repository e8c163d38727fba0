using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Resume;
using AgentRouter.Cli.Commands.Run;
using AgentRouter.Cli.Hosting;
using AgentRouter.Events;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.Cli.Commands.Answer;

/// <summary>Lists the questions of a run, or answers one and goes on.</summary>
internal sealed class AnswerHandler(CliContext context)
{
    /// <summary>Lists or answers.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="cancellationToken">Cancels the run; it ends in order.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> AnswerAsync(AnswerOptions options, CancellationToken cancellationToken)
    {
        string folder = RunsFolder.FindHere(context, options.Store);
        string runId;
        using (SqliteRunStore store = RunsFolder.Open(context, folder, options.Durability ?? RunsFolder.DurabilityHere(context)))
        {
            runId = await RunLookup.FindAsync(store, folder, options.Run, cancellationToken);
            var screen = new AnswerScreen(new RunAudience(context.Terminal, options.IsJson).People, RunCommandLines.For(context, runId, folder));
            if (options.Choice is not { } choice)
            {
                IReadOnlyList<PersonAsked> open = await RunAnswers.FindAsync(store, runId, cancellationToken);
                screen.List([.. open.Select(asked => new RunQuestion(asked.Node, asked.Question, asked.Choices, asked.Default))]);
                return ExitCodes.Succeeded;
            }

            await RunAnswers.AddAsync(store, runId, choice, options.Node, context.TimeProvider, cancellationToken);
            if (options.IsRecordedOnly)
            {
                screen.Recorded();
                return ExitCodes.Succeeded;
            }
        }

        var resume = new ResumeOptions { Run = runId, Store = options.Store, Durability = options.Durability, IsJson = options.IsJson, IsVerbose = options.IsVerbose };
        return await new ResumeHandler(context).ResumeAsync(resume, cancellationToken);
    }
}
