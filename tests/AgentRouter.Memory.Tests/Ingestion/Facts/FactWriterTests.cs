using AgentRouter.Configuration;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Ingestion.Facts;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Memory.Tests.Ingestion.Facts;

public sealed class FactWriterTests : IDisposable
{
    private readonly InMemoryRecords _records = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero));
    private readonly FactWriter _writer;

    public FactWriterTests() => _writer = new FactWriter(_records, _time);

    public void Dispose() => _writer.Dispose();

    [Fact]
    public async Task A_fact_is_known_by_what_it_is_about()
    {
        RememberedFact fact = await _writer.RememberAsync(new NewFact { Text = "Anna drank green tea in Köln yesterday.", About = "Anna / Favourite  Tea" });

        fact.ShouldBe(new RememberedFact(1, "anna/favourite tea", IsNew: true, Superseded: 0));
        _records.Nodes[0].Happened.ShouldBe(new MemoryPeriod(new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 1)));
        GraphText.Edges(_records).ShouldBe(
        [
            "anna/favourite tea About subject:anna/favourite tea", "anna/favourite tea About name:anna", "anna/favourite tea Mentions name:koln", "anna/favourite tea Mentions date:2026-01-01",
        ]);
    }

    [Fact]
    public async Task The_same_fact_again_changes_nothing()
    {
        var green = new NewFact { Text = "Green tea.", About = "anna/tea" };
        var alone = new NewFact { Text = "The sky is blue." };
        await _writer.RememberAsync(green);
        RememberedFact first = await _writer.RememberAsync(alone);
        int writes = _records.Writes;

        (await _writer.RememberAsync(green with { Text = " green  TEA. " })).IsNew.ShouldBeFalse();
        (await _writer.RememberAsync(alone)).ShouldBe(first with { IsNew = false });

        _records.Writes.ShouldBe(writes);
    }

    [Fact]
    public async Task A_fact_that_was_corrected_holds_again_when_it_is_said_again()
    {
        var works = new NewFact { Text = "Anna works at Acme." };
        RememberedFact first = await _writer.RememberAsync(works);
        await _records.WriteAsync(new MemoryChange { Superseded = [new Supersession(new NodeKey(MemoryNodeKind.Fact, first.Key), _time.GetUtcNow())] });

        RememberedFact again = await _writer.RememberAsync(works);

        again.ShouldBe(new RememberedFact(again.Id, first.Key + "~2", IsNew: true, 0));
        (await _writer.RememberAsync(works)).ShouldBe(again with { IsNew = false });
    }

    [Fact]
    public async Task Another_fact_about_the_same_takes_its_place_also_back_again()
    {
        await _writer.RememberAsync(new NewFact { Text = "Green tea.", About = "anna/tea" });
        RememberedFact black = await _writer.RememberAsync(new NewFact { Text = "Black tea.", About = "anna/tea" });
        RememberedFact green = await _writer.RememberAsync(new NewFact { Text = "Green tea.", About = "anna/tea" });

        black.Superseded.ShouldBe(1);
        black.Key.ShouldBe("anna/tea~2");
        green.ShouldBe(new RememberedFact(green.Id, "anna/tea~3", IsNew: true, black.Id));
        _records.Nodes.Where(node => node.Kind == MemoryNodeKind.Fact).Select(node => node.HeldUntil).ShouldBe([_time.GetUtcNow(), _time.GetUtcNow(), null]);
        GraphText.Edges(_records).ShouldContain("anna/tea~3 Supersedes anna/tea~2");
        GraphText.Edges(_records).ShouldContain("anna/tea~3 Contradicts anna/tea~2");
    }

    [Fact]
    public async Task A_fact_comes_from_episodes()
    {
        await new MemoryImporter(_records, _time).ImportAsync(new MemorySource { Key = "chat", Items = [new MemoryItem { Text = "green tea, please" }] });
        long episode = _records.Nodes.Single(node => node.Kind == MemoryNodeKind.Episode).Id;

        await _writer.RememberAsync(new NewFact { Text = "Green tea.", About = "anna/tea", From = [episode] });

        GraphText.Edges(_records).ShouldContain("anna/tea DerivedFrom chat#0");
        (await Should.ThrowAsync<ConfigurationException>(() => _writer.RememberAsync(new NewFact { Text = "Green tea.", From = [99] })))
            .Message.ShouldBe("There is no episode 99 in user:anna. Name the numbers of episodes that were found.");
    }

    [Theory]
    [InlineData(" ", null)]
    [InlineData("Tea.", "//")]
    public async Task What_says_nothing_is_refused(string text, string? about)
    {
        await Should.ThrowAsync<ConfigurationException>(() => _writer.RememberAsync(new NewFact { Text = text, About = about }));

        _records.Nodes.ShouldBeEmpty();
    }
}
