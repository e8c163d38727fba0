using AgentRouter.Language.Ranking;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Evaluation.Training;

/// <summary>Asks questions of which the evidence is known, and notes what speaks for each node that is found.</summary>
internal static class TrainingQuestions
{
    // as many as are looked at closely: what is farther behind by hand is not brought to the front by other weights
    private const int Depth = 200;

    /// <summary>Asks the questions of one scope.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="group">The number of the scope among all.</param>
    /// <param name="questions">The questions.</param>
    /// <param name="now">When they are asked, where they do not say so.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static async Task<IReadOnlyList<TrainingQuestion>> AskAsync(OpenScope scope, int group, IReadOnlyList<EvidenceQuestion> questions, DateTimeOffset now, CancellationToken cancellationToken)
    {
        MemoryIndex index = await scope.Indexer.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<int, string> keys = await KeysAsync(scope, cancellationToken).ConfigureAwait(false);
        var asked = new List<TrainingQuestion>();
        foreach (EvidenceQuestion question in questions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var numbers = new Dictionary<int, double[]>();
            using RankedNodes ranked = MemoryRanking.Of(index, new MemoryQuestion(question.Text), question.AskedAt ?? now, new RankingOptions { Found = numbers.Add }, cancellationToken);
            int[] evidence = [.. keys.Where(each => IsEvidence(question, each.Value)).Select(each => each.Key)];
            bool isSpoken = evidence.Count(index.IsSpoken) * 2 > evidence.Length;
            int[] found = [.. ranked.Order.Select(each => each.Id).Where(id => index.IsSpoken(id) == isSpoken).Take(Depth)];
            asked.Add(new TrainingQuestion(
                group, isSpoken ? AnswerKind.Turn : AnswerKind.Passage, FeatureList.Of([.. found.Select(id => numbers[id])], [.. found.Select(evidence.Contains)]), question.Evidence.Count));
        }

        return asked;
    }

    private static async Task<Dictionary<int, string>> KeysAsync(OpenScope scope, CancellationToken cancellationToken)
    {
        var keys = new Dictionary<int, string>();
        MemoryVersion version = await scope.Records.ReadVersionAsync(cancellationToken).ConfigureAwait(false);
        await foreach (IReadOnlyList<MemoryNode> portion in scope.Records.ReadNewNodesAsync(default, version, cancellationToken).ConfigureAwait(false))
        {
            foreach (MemoryNode node in portion.Where(node => node.Kind is MemoryNodeKind.Episode or MemoryNodeKind.Fact or MemoryNodeKind.Reflection))
                keys[(int)node.Id] = node.Key;
        }

        return keys;
    }

    // by the whole key, or by the item's own without its source
    private static bool IsEvidence(EvidenceQuestion question, string key) =>
        question.Evidence.Contains(key) || question.Evidence.Contains(key[(key.IndexOf(CheckedSource.ItemSign, StringComparison.Ordinal) + 1)..]);
}

/// <summary>What was found for a question of which the evidence is known.</summary>
/// <param name="Group">The number of the scope that it was asked of.</param>
/// <param name="Kind">What most of its evidence is.</param>
/// <param name="List">What was found, in the order of the weights that are set by hand.</param>
/// <param name="Evidence">How many nodes are evidence, also those that were not found.</param>
internal sealed record TrainingQuestion(int Group, AnswerKind Kind, FeatureList List, int Evidence);

/// <summary>What an answer is, which decides what speaks for it.</summary>
internal enum AnswerKind
{
    /// <summary>A turn of a conversation.</summary>
    Turn,

    /// <summary>A passage, fact or reflection.</summary>
    Passage,
}
