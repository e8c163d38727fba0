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
    public void A_long_line_is_parted_as_one_passage_after_the_other_would_be() => Gen.Char["abcdefgh ..  \t"].Array[0, 6_000].Select(characters => new string(characters)).Sample(
        line => DocumentReader.Read("a.txt", line).Items.Select(item => item.Text).ShouldBe(PassagesOf(line.TrimEnd())),
        iter: 100);

    [Fact]
    public void What_is_left_of_a_long_paragraph_begins_the_next_passage()
    {
        string words = string.Concat(Enumerable.Repeat("word ", 300));

        MemorySource source = DocumentReader.Read("a.txt", words + "end.\n\nNext.\n");

        source.Items.Select(item => (item.Key, item.Text.Length)).ShouldBe([("/1", 1_199), ("/2", 304 + "\n\nNext.".Length)]);
        source.Items[1].Text.ShouldEndWith("word end.\n\nNext.");
    }

    [Fact]
    public void A_line_of_many_megabytes_is_read_word_for_word()
    {
        string line = string.Concat(Enumerable.Repeat("All of it is here. ", 300_000));

        MemorySource source = DocumentReader.Read("a.txt", line);

        string.Join(' ', source.Items.Select(item => item.Text)).ShouldBe(line.TrimEnd());
    }

    // the rules as they are told: the last sentence that fits, else the last word, else as many characters
    private static List<string> PassagesOf(string left)
    {
        var passages = new List<string>();
        while (left.Length > DocumentReader.PassageLength)
        {
            string fits = left[..DocumentReader.PassageLength];
            int sentence = fits[(DocumentReader.PassageLength / 2)..].LastIndexOf(". ", StringComparison.Ordinal);
            int word = left[..(DocumentReader.PassageLength + 1)].LastIndexOfAny([' ', '\t']);
            int end = sentence >= 0 ? (DocumentReader.PassageLength / 2) + sentence + 1 : word > 0 ? word : DocumentReader.PassageLength;
            passages.Add(left[..end].TrimEnd());
            left = left[end..].TrimStart();
        }

        if (left.Length > 0)
            passages.Add(left);
        return passages;
    }

    [Fact]
    public Task Any_text_can_be_read_and_imported() => Gen.Char["ab #\n`~.é\ud83d\ude00\0>"].Array[0, 200].Select(characters => new string(characters)).SampleAsync(
        async text =>
        {
            await new MemoryImporter(new InMemoryRecords()).ImportAsync(DocumentReader.Read("a.md", text));
        },
        iter: 200);
}
