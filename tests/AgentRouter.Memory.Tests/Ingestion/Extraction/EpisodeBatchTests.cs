using AgentRouter.Memory.Ingestion.Extraction;
using AgentRouter.Memory.Storage;
using CsCheck;

namespace AgentRouter.Memory.Tests.Ingestion.Extraction;

public sealed class EpisodeBatchTests
{
    [Fact]
    public void Batches_are_of_one_source_and_about_500_tokens_and_a_long_episode_is_one_of_its_own()
    {
        (long Source, int Length)[] episodes = [(1, 900), (1, 900), (1, 900), (2, 100), (2, 50_000), (2, 100)];

        EpisodeBatch.Part(episodes.Select((episode, i) => new UnmarkedNode(i, episode.Source, episode.Length)))
            .Select(batch => (string.Join(' ', batch.Episodes), batch.Length)).ShouldBe([("0 1", 1_800), ("2", 900), ("3", 100), ("4", 50_000), ("5", 100)]);
    }

    [Fact]
    public void Short_turns_are_forty_at_most() =>
        EpisodeBatch.Part(Enumerable.Range(0, 100).Select(i => new UnmarkedNode(i, 1, 2))).Select(batch => batch.Episodes.Count).ShouldBe([40, 40, 20]);

    [Fact]
    public void What_is_left_after_some_batches_is_parted_in_the_same_way() => Gen.Select(Gen.Int[1, 3], Gen.Int[1, 2_500], (source, length) => (source, length)).Array[0, 60].Sample(shapes =>
    {
        UnmarkedNode[] episodes = [.. shapes.OrderBy(shape => shape.source).Select((shape, i) => new UnmarkedNode(i, shape.source, shape.length))];
        IReadOnlyList<EpisodeBatch> all = EpisodeBatch.Part(episodes);
        int done = all.Count / 2;

        IReadOnlyList<EpisodeBatch> left = EpisodeBatch.Part(episodes.Skip(all.Take(done).Sum(batch => batch.Episodes.Count)));

        left.Select(batch => string.Join(' ', batch.Episodes)).ShouldBe(all.Skip(done).Select(batch => string.Join(' ', batch.Episodes)));
    });
}
