using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Ingestion.Extraction.Reflections;

/// <summary>Asks what facts mean together, where something new was learned since it was asked last.</summary>
internal sealed class ReflectionExtraction(IMemoryRecords records, ModelQuestion question, ExtractionTally tally, TimeProvider time)
{
    private readonly ReflectionGroups _groups = new(records);

    /// <summary>Reflects on all facts that are new.</summary>
    public async Task ReflectAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<UnmarkedNode> unmarked = await records.ReadUnmarkedAsync(MemoryNodeKind.Fact, ExtractionRecipes.Reflections, 0, cancellationToken).ConfigureAwait(false);
        long[] news = [.. unmarked.Select(fact => fact.Id)];
        IReadOnlyList<ReflectionGroup> groups = await _groups.FindAsync(news, cancellationToken).ConfigureAwait(false);
        ReflectionGroup[][] calls = [.. groups.Chunk(ReflectionLimits.GroupsOfCall)];
        var left = new HashSet<long>();
        for (int done = 0; done < calls.Length; done++)
        {
            tally.Waiting = calls.Length - done;
            if (await ReflectAsync(calls[done], cancellationToken).ConfigureAwait(false) is not { } problem)
                continue;
            tally.Leave(calls[done][0].Concept.Key, problem);
            left.UnionWith(calls[done].SelectMany(group => group.Facts).Select(fact => fact.Id));
        }

        tally.Waiting = 0;
        await MarkAsync(news.Where(fact => !left.Contains(fact)), cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> ReflectAsync(ReflectionGroup[] groups, CancellationToken cancellationToken)
    {
        (ReflectionAnswer? answer, string? problem) = await question.AskAsync(
            ReflectionPrompt.Instructions, ReflectionPrompt.Of(groups), ReflectionPrompt.Format, text => ReflectionAnswer.Read(groups, text), cancellationToken).ConfigureAwait(false);
        if (answer is null)
            return $"The model's answer could not be used: {problem}";
        if (!await AreThereAsync(groups, cancellationToken).ConfigureAwait(false))
            return "Its facts were erased while the model was asked.";
        var change = new ReflectionChange(records, time.GetUtcNow());
        for (int i = 0; i < groups.Length; i++)
            await change.AddAsync(groups[i], answer.Texts[i], cancellationToken).ConfigureAwait(false);
        try
        {
            await records.WriteAsync(change.ToChange(), cancellationToken).ConfigureAwait(false);
        }
        catch (MemoryConflictException conflict)
        {
            return conflict.Message;
        }

        tally.Drop(answer.Drops);
        tally.Result = tally.Result with { Reflections = tally.Result.Reflections + change.Reflections };
        return null;
    }

    private async Task<bool> AreThereAsync(IReadOnlyList<ReflectionGroup> groups, CancellationToken cancellationToken)
    {
        long[] nodes = [.. groups.SelectMany(group => group.Facts.Append(group.Concept)).Select(node => node.Id).Distinct()];
        return (await records.ReadNodesAsync(nodes, cancellationToken).ConfigureAwait(false)).Count == nodes.Length;
    }

    // facts that belong to no group, or to groups that were thought about, are not looked at again
    private async Task MarkAsync(IEnumerable<long> facts, CancellationToken cancellationToken)
    {
        foreach (long[] portion in facts.Chunk(ReflectionLimits.MarksOfChange))
        {
            IReadOnlyList<MemoryNode> nodes = await records.ReadNodesAsync(portion, cancellationToken).ConfigureAwait(false);
            try
            {
                await records.WriteAsync(
                    new MemoryChange { Marks = [.. nodes.Select(node => new MemoryMark(new NodeKey(node.Kind, node.Key), ExtractionRecipes.Reflections))] }, cancellationToken).ConfigureAwait(false);
            }
            catch (MemoryConflictException)
            {
                // somebody else marks the same facts
            }
        }
    }
}
