using System.Runtime.CompilerServices;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;
using AgentRouter.Skills.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Skills.Tests.Sources;

public sealed class SkillWatcherTests : IDisposable
{
    private readonly TestFolder _folder = new TestFolder().With("first");
    private readonly FakeTimeProvider _clock = new();
    private readonly SkillRetriever _retriever = new(SkillIndex.Empty);
    private readonly List<Exception> _failures = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_comes_changes_and_goes_is_in_the_index_after_an_update()
    {
        await using SkillWatcher watcher = Watch();

        (await watcher.UpdateAsync())!.Added.ShouldBe(1);
        _folder.With("second");
        Directory.Delete(_folder.At("first"), recursive: true);
        SkillIndexUpdate? update = await watcher.UpdateAsync();

        (update!.Added, update.Removed).ShouldBe((1, 1));
        _retriever.Index.Skills.Select(skill => skill.Name).ShouldBe(["second"]);
    }

    [Fact]
    public async Task A_change_is_read_when_it_has_been_quiet_for_a_moment()
    {
        var updates = new Updates();
        await using SkillWatcher watcher = Watch(updates.Add);

        watcher.Changed();
        _clock.Advance(TimeSpan.FromMilliseconds(400));
        watcher.Changed();
        _clock.Advance(TimeSpan.FromMilliseconds(400));
        _retriever.Index.Count.ShouldBe(0, "files still come");
        _clock.Advance(TimeSpan.FromMilliseconds(100));

        (await updates.NextAsync()).Added.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_word_from_the_file_system_polling_finds_it()
    {
        var updates = new Updates();
        await using SkillWatcher watcher = Watch(updates.Add, new CodeSkillSource("mine", TestSkills.Of("mine")));

        _clock.Advance(TimeSpan.FromSeconds(30));

        (await updates.NextAsync()).Added.ShouldBe(2);
    }

    [Fact]
    public async Task The_file_system_tells_of_a_change()
    {
        var updates = new Updates();
        await using SkillWatcher watcher = Watch(updates.Add);
        await watcher.UpdateAsync();
        await updates.NextAsync();
        _folder.With("second");

        // whenever the word comes, the moment after it passes
        Task<SkillIndexUpdate> next = updates.NextAsync();
        while (!next.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(5);
        }

        (await next).Added.ShouldBe(1);
    }

    [Fact]
    public async Task A_source_that_fails_leaves_the_index_as_it_is_and_is_tried_again()
    {
        var source = new FailingSource();
        await using SkillWatcher watcher = Watch(null, source);
        await watcher.UpdateAsync();
        SkillIndex before = _retriever.Index;
        source.Fails = true;

        (await watcher.UpdateAsync()).ShouldBeNull();

        _failures.ShouldHaveSingleItem().Message.ShouldBe("gone");
        _retriever.Index.ShouldBeSameAs(before);
        source.Fails = false;
        (await watcher.UpdateAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task After_its_end_nothing_more_is_read()
    {
        SkillWatcher watcher = Watch();
        await watcher.DisposeAsync();
        await watcher.DisposeAsync();

        watcher.Changed();
        _clock.Advance(TimeSpan.FromHours(1));

        (await watcher.UpdateAsync()).ShouldBeNull();
        _retriever.Index.Count.ShouldBe(0);
    }

    private SkillWatcher Watch(Action<SkillIndexUpdate>? updated = null, params ISkillSource[] more) =>
        new(_retriever, [_folder.Source(), .. more], new SkillWatcherOptions { TimeProvider = _clock, Updated = updated, Failed = _failures.Add });

    private sealed class Updates
    {
        private readonly System.Threading.Channels.Channel<SkillIndexUpdate> _updates = System.Threading.Channels.Channel.CreateUnbounded<SkillIndexUpdate>();

        public void Add(SkillIndexUpdate update) => _updates.Writer.TryWrite(update);

        public Task<SkillIndexUpdate> NextAsync() => _updates.Reader.ReadAsync().AsTask();
    }

    private sealed class FailingSource : ISkillSource
    {
        public bool Fails { get; set; }

        public string Name => "failing";

        public async IAsyncEnumerable<SkillListing> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            if (Fails)
                throw new IOException("gone");
            yield break;
        }

        public ValueTask<SkillReading> ReadAsync(SkillListing listing, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
