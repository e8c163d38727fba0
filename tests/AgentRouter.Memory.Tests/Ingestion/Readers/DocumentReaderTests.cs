using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Ingestion.Readers;
using AgentRouter.Memory.Tests.Support;
using CsCheck;

namespace AgentRouter.Memory.Tests.Ingestion.Readers;

public sealed class DocumentReaderTests
{
    [Fact]
    public void Passages_stand_under_their_headings()
    {
        MemorySource source = DocumentReader.Read("guide.md", "Preface.\n\n# Guide\nOne.\n\nTwo.\n## Setup\n```\n# no heading\n```\n# Other\n");

        source.Title.ShouldBe("Guide");
        source.Items.Select(item => (item.Key, item.Title, item.Text)).ShouldBe(
        [
            ("/1", null, "Preface."), ("Guide/1", "Guide", "One.\n\nTwo."), ("Guide > Setup/1", "Guide > Setup", "```\n# no heading\n```"),
        ]);
    }

    [Fact]
    public void Long_paragraphs_end_with_a_sentence_and_long_words_are_cut()
    {
        string sentence = "This is a sentence of some length that says nothing. ";

        MemorySource source = DocumentReader.Read("a.txt", string.Concat(Enumerable.Repeat(sentence, 60)) + "\n\n" + new string('x', 3_000));

        source.Items.ShouldAllBe(item => item.Text.Length <= DocumentReader.PassageLength);
        source.Items[0].Text.ShouldEndWith("nothing.");
        source.Items.Sum(item => item.Text.Count(c => c == 'x')).ShouldBe(3_000);
    }

    [Fact]
    public Task Any_text_can_be_read_and_imported() => Gen.Char["ab #\n`~.é\ud83d\ude00\0>"].Array[0, 200].Select(characters => new string(characters)).SampleAsync(
        async text =>
        {
            await new MemoryImporter(new InMemoryRecords()).ImportAsync(DocumentReader.Read("a.md", text));
        },
        iter: 200);
}
