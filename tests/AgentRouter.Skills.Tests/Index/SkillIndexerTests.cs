using AgentRouter.Skills.Index;
using AgentRouter.Skills.Index.Files;
using AgentRouter.Skills.Sources;
using AgentRouter.Skills.Tests.Support;

namespace AgentRouter.Skills.Tests.Index;

public sealed class SkillIndexerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Only_what_is_new_or_changed_is_read()
    {
        _folder.With("tea").With("toast").With("soup");
        SkillIndexUpdate first = await UpdateAsync(SkillIndex.Empty);
        string file = _folder.At("skills.index");
        SkillIndexFile.Save(first.Index, file);

        _folder.With("tea", TestSkills.File("tea", "Makes green tea.")).With("cake");
        Directory.Delete(_folder.At("soup"), recursive: true);
        var source = new CountingSource(_folder.Source());
        SkillIndexUpdate second = await SkillIndexer.UpdateAsync(SkillIndexFile.Load(file), [source]);

        (first.Added, first.Changed, first.Unchanged, first.Removed).ShouldBe((3, 0, 0, 0));
        (second.Added, second.Changed, second.Unchanged, second.Removed).ShouldBe((1, 1, 1, 1));
        source.Reads.Order().ShouldBe([_folder.At("cake/SKILL.md"), _folder.At("tea/SKILL.md")]);
        second.Index.Skills.Select(skill => skill.Name).Order().ShouldBe(["cake", "tea", "toast"]);
        second.Index.Find("tea").Single().Description.ShouldBe("Makes green tea.");
        SkillIndexUpdate third = await UpdateAsync(second.Index);
        third.Index.ShouldBeSameAs(second.Index);
    }

    [Fact]
    public async Task A_skill_that_breaks_is_named_and_leaves_the_index()
    {
        _folder.With("tea").With("toast");
        SkillIndexUpdate first = await UpdateAsync(SkillIndex.Empty);
        _folder.With("tea", "broken now");

        SkillIndexUpdate second = await UpdateAsync(first.Index);

        second.Problems.Single().File.ShouldBe("tea/SKILL.md");
        second.Removed.ShouldBe(1);
        second.Index.Skills.Select(skill => skill.Name).ShouldBe(["toast"]);
    }

    [Fact]
    public async Task Ten_thousand_copies_of_one_skill_are_found_as_one()
    {
        Skill[] copies = [.. Enumerable.Range(0, 10_000).Select(i => TestSkills.Of("tea", "Makes tea", "Boil the water, add the leaves, wait.", $"{i:00000}")), TestSkills.Of("toast", "Makes toast with tea")];

        SkillIndexUpdate update = await SkillIndexer.UpdateAsync(SkillIndex.Empty, [new CodeSkillSource("copies", copies)]);

        new Skills.Retrieval.SkillRetriever(update.Index).Search("tea").Select(match => match.Skill.Id).ShouldBe(["00000", "toast"]);
        update.Index.Count.ShouldBe(10_001);
        update.Index.Without("00000").Find("tea")[0].Id.ShouldBe("00001");
    }

    [Fact]
    public async Task Progress_goes_up_to_one_and_cancelling_stops()
    {
        _folder.With("tea").With("toast");
        var told = new List<IndexingProgress>();

        await SkillIndexer.UpdateAsync(SkillIndex.Empty, [_folder.Source()], progress: new Told(told));

        told.Max(each => each.Share).ShouldBe(1);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => SkillIndexer.UpdateAsync(SkillIndex.Empty, [_folder.Source()], cancellationToken: cancelled.Token));
    }

    private Task<SkillIndexUpdate> UpdateAsync(SkillIndex previous) => SkillIndexer.UpdateAsync(previous, [_folder.Source()]);

    private sealed class Told(List<IndexingProgress> told) : IProgress<IndexingProgress>
    {
        public void Report(IndexingProgress value)
        {
            lock (told)
                told.Add(value);
        }
    }

    private sealed class CountingSource(ISkillSource inner) : ISkillSource
    {
        public List<string> Reads { get; } = [];

        public string Name => inner.Name;

        public IAsyncEnumerable<SkillListing> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

        public ValueTask<SkillReading> ReadAsync(SkillListing listing, CancellationToken cancellationToken)
        {
            lock (Reads)
                Reads.Add(listing.Id);
            return inner.ReadAsync(listing, cancellationToken);
        }
    }
}
