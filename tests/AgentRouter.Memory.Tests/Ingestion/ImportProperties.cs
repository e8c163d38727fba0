using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Tests.Support;
using CsCheck;

namespace AgentRouter.Memory.Tests.Ingestion;

public sealed class ImportProperties
{
    private static readonly string[] Pieces =
    [
        "I", "you", "Anna", "Ben went", "to Köln", "yesterday", "because", "pottery", "the adoption agency", "why?", "on 8 May 2023", "src/app.cs", "`run()`", ".", "!", "\n", "\0", "\ud83d", "a@b.org",
        "tea", "and", "my",
    ];

    private static readonly Gen<string> AnyText = Gen.Frequency(
        (4, Gen.Int[0, Pieces.Length - 1].Select(at => Pieces[at]).Array[0, 12].Select(words => string.Join(' ', words))),
        (1, Gen.Char.Array[0, 40].Select(chars => new string(chars))));

    private static readonly Gen<MemoryItem> Item = Gen.Select(
        AnyText, Gen.Int[0, 3], Gen.Int[0, 5],
        (text, speaker, title) => new MemoryItem { Text = text, Speaker = speaker == 0 ? null : $"Speaker {speaker}", Title = title == 0 ? "A Title (of it), here" : null });

    private static readonly Gen<MemorySource> Source = Gen.Select(
        Item.Array[0, 12], Gen.Int[0, 2],
        (items, day) => new MemorySource { Key = "source", Items = items, Time = day == 0 ? null : new DateTimeOffset(2023, 5, day, 12, 0, 0, TimeSpan.Zero) });

    [Fact]
    public Task Any_source_can_be_imported_and_again_changes_nothing() => Source.SampleAsync(
        async source =>
        {
            var records = new InMemoryRecords();
            var importer = new MemoryImporter(records);
            ImportResult first = await importer.ImportAsync(source);
            string graph = GraphText.Of(records);

            (await importer.ImportAsync(source)).Outcome.ShouldBe(ImportOutcome.Unchanged);

            GraphText.Of(records).ShouldBe(graph);
            (first.Added + first.Skipped.Count).ShouldBe(source.Items.Count);
        },
        iter: 200);

    [Fact]
    public Task A_source_that_grows_becomes_what_it_would_be_at_once() => Gen.Select(Source, Gen.Int[0, 12]).SampleAsync(
        async (source, cut) =>
        {
            (var grown, var atOnce) = (new InMemoryRecords(), new InMemoryRecords());
            var importer = new MemoryImporter(grown);

            await importer.ImportAsync(source with { Items = [.. source.Items.Take(cut)] });
            await importer.ImportAsync(source);
            await new MemoryImporter(atOnce).ImportAsync(source);

            GraphText.Of(grown).ShouldBe(GraphText.Of(atOnce));
        },
        iter: 200);
}
