using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Memory;
using AgentRouter.Memory.Graph;

namespace AgentRouter.Cli.Commands.Memory.Forget;

/// <summary><c>agentrouter memory forget</c>.</summary>
internal static class ForgetCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var ids = new Option<long[]>("--id")
        {
            HelpName = "N",
            Description = "These nodes, by number: 30, '#30', or 30,31.",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = Numbers,
        };
        var source = new Option<string?>("--source") { HelpName = "KEY", Description = "A source and all that is part of it." };
        var about = new Option<string?>("--about") { HelpName = "NAME", Description = "A concept and all that mentions it or has its words." };
        var all = new Option<bool>("--all") { Description = "Everything that the scope remembers." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        Option<MemoryScope> scope = MemoryOptions.Scope();
        Option<string?> store = MemoryOptions.Store();
        var command = new CliCommand("forget", "Erases memories for good: afterwards nothing of their text is left in the store.")
        {
            Examples =
            [
                new Example("memory forget --source chat/2026-05-08.jsonl --scope user:anna", "A conversation, after a question."),
                new Example("memory forget --about \"Max Mustermann\" --scope project:shop --yes", "All that mentions somebody."),
            ],
            Notes = ["What stood on the erased nodes alone goes with them: the parts of a source, facts of which no origin is left, concepts that nothing mentions any more."],
        };
        command.Add(scope);
        command.Add(ids);
        command.Add(source);
        command.Add(about);
        command.Add(all);
        command.Add(yes);
        command.Add(store);
        command.SetAction(async (result, cancellationToken) =>
        {
            var wanted = new ForgetTarget(result.GetValue(ids) ?? [], result.GetValue(source), result.GetValue(about), result.GetValue(all));
            wanted.Require();
            MemoryScope of = result.GetRequiredValue(scope);
            await using OpenMemory memory = OpenMemory.Open(context, result.GetValue(store));
            await memory.RequireAsync([of], cancellationToken);
            return await ForgetAsync(context, memory, of, wanted, result.GetValue(yes), cancellationToken);
        });
        return command;
    }

    // as every screen shows them
    private static long[] Numbers(ArgumentResult result)
    {
        var numbers = new List<long>();
        foreach (string word in result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (long.TryParse(word.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
                numbers.Add(number);
            else
                result.AddError($"--id is the number of a node, such as 30 or '#30', not '{word}'.");
        }

        return [.. numbers];
    }

    private static async Task<int> ForgetAsync(CliContext context, OpenMemory memory, MemoryScope scope, ForgetTarget wanted, bool yes, CancellationToken cancellationToken)
    {
        var screen = new ForgetScreen(context.Terminal.Output);
        IReadOnlyList<MemoryNode> nodes = [];
        if (wanted.All)
            screen.ShowAll(scope, await memory.Graph.StatisticsAsync(scope, cancellationToken));
        else
            screen.Show(scope, nodes = await wanted.FindAsync(memory, scope, cancellationToken));
        if (!yes && !await screen.AskAsync(context.Terminal.CanAsk, cancellationToken))
            return ExitCodes.Cancelled;
        if (wanted.All)
        {
            await memory.Graph.ForgetAllAsync(scope, cancellationToken);
            screen.ShowErased(scope);
            return ExitCodes.Succeeded;
        }

        HashSet<long> erased = [.. await memory.Graph.ForgetAsync(scope, [.. nodes.Select(node => node.Id)], cancellationToken)];
        screen.ShowErased(erased.Count, erased.Except(nodes.Select(node => node.Id)).Count(), hasSource: nodes.Any(node => erased.Contains(node.Kind == MemoryNodeKind.Source ? node.Id : node.SourceId)));
        return ExitCodes.Succeeded;
    }
}
