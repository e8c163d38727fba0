using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Terminals;
using AgentRouter.Memory;
using AgentRouter.Memory.Graph;

namespace AgentRouter.Cli.Commands.Memory.Forget;

/// <summary>What is to be forgotten: exactly one of these.</summary>
internal sealed record ForgetTarget(IReadOnlyList<long> Ids, string? Source, string? About, bool All)
{
    /// <summary>Requires that exactly one is named.</summary>
    /// <exception cref="UsageException">None is, or several are.</exception>
    public void Require()
    {
        if (((bool[])[Ids.Count > 0, Source is not null, About is not null, All]).Count(named => named) != 1)
            throw new UsageException("Say what to forget with one of --id, --source, --about and --all.");
    }

    /// <summary>Finds the nodes.</summary>
    /// <exception cref="UsageException">There are none.</exception>
    public async Task<IReadOnlyList<MemoryNode>> FindAsync(OpenMemory memory, MemoryScope scope, CancellationToken cancellationToken)
    {
        if (Source is not null)
            return await memory.Graph.SpeakingOfAsync(scope, (await OfKindAsync(memory, scope, Source, MemoryNodeKind.Source, cancellationToken)).Id, cancellationToken);
        if (About is not null)
            return await memory.Graph.SpeakingOfAsync(scope, (await OfKindAsync(memory, scope, About, MemoryNodeKind.Concept, cancellationToken)).Id, cancellationToken);
        var nodes = new List<MemoryNode>();
        foreach (long id in Ids.Distinct().Order())
            nodes.Add(await memory.FindAsync(scope, $"#{id}", cancellationToken));
        return nodes;
    }

    private static async Task<MemoryNode> OfKindAsync(OpenMemory memory, MemoryScope scope, string name, MemoryNodeKind kind, CancellationToken cancellationToken)
    {
        MemoryNode node = await memory.FindAsync(scope, name, cancellationToken);
        return node.Kind == kind ? node : throw new UsageException($"'{Untrusted.Line(name, 80)}' is no {GraphWords.Of(kind)} but a {GraphWords.Of(node.Kind)}, #{node.Id}. Forget it with --id {node.Id}.");
    }
}
