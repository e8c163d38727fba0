using AgentRouter.Routing.Learning.Text;

namespace AgentRouter.Routing.Tests.Learning.Text;

public sealed class VocabularyTests
{
    [Fact]
    public void A_word_hash_does_not_depend_on_case_and_never_changes()
    {
        WordHash.Of("Router").ShouldBe(WordHash.Of("rOUTER"));
        // trained files hold these values
        WordHash.Of("router").ShouldBe(1276860164u);
        WordHash.OfPair(WordHash.Of("step"), WordHash.Of("router")).ShouldNotBe(WordHash.OfPair(WordHash.Of("router"), WordHash.Of("step")));
    }

    [Fact]
    public void Words_and_pairs_that_two_prompts_share_are_kept()
    {
        var vocabulary = Vocabulary.Of(["red apple pie", "a red apple", null, "green pear"], leastPrompts: 2);

        vocabulary.Prompts.ShouldBe(3);
        vocabulary.Hashes.ShouldBe(((uint[])[WordHash.Of("red"), WordHash.Of("apple"), WordHash.OfPair(WordHash.Of("red"), WordHash.Of("apple"))]).Order());
        vocabulary.Frequencies.ShouldAllBe(count => count == 2);
    }

    [Fact]
    public void A_row_has_the_length_one_and_a_repeated_word_weighs_more()
    {
        var vocabulary = Vocabulary.Of(["red apple", "red apple"], leastPrompts: 2);
        var row = new TermRow();
        var scan = new PromptScan();
        scan.Read("Red, red apple; blue");

        vocabulary.Read(scan.Words, row);

        row.Length.ShouldBe(3);
        row.Weights.ToArray().Sum(weight => weight * weight).ShouldBe(1, 1e-6f);
        row.Weights[row.Positions.IndexOf(Array.IndexOf(vocabulary.Hashes, WordHash.Of("red")))].ShouldBe(row.Weights.ToArray().Max());
    }

    [Fact]
    public void A_row_can_be_used_again()
    {
        var vocabulary = Vocabulary.Of(["red apple", "red apple"], leastPrompts: 2);
        var row = new TermRow();
        var scan = new PromptScan();
        foreach ((string prompt, int terms) in ((string, int)[])[("red apple", 3), ("nothing known", 0), ("apple", 1)])
        {
            scan.Read(prompt);
            vocabulary.Read(scan.Words, row);
            row.Length.ShouldBe(terms);
        }
    }
}
