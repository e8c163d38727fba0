using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Retrieval.Effort;
using AgentRouter.Memory.Tests.Support;
using AgentRouter.Memory.Use;
using CsCheck;

namespace AgentRouter.Memory.Tests.Retrieval.Effort;

public class SummaryTests
{
    [Theory]
    [InlineData("She moved [1] and restores tiles [2].", "She moved [1] and restores tiles [2].", "1 2")]
    [InlineData("She moved [2, 7] [9].", "She moved [2] .", "2")]
    [InlineData("Both [ 1;2 ] say so.", "Both [1] [2] say so.", "1 2")]
    [InlineData("She moved.", null, "")]
    [InlineData("She moved [0] [4] [-1] [99999999999999999999].", null, "")]
    [InlineData("", null, "")]
    public void Only_citations_of_what_is_there_stay_and_without_any_there_is_no_summary(string answer, string? text, string citations)
    {
        RecallSummary? summary = ModelSummary.Checked(answer, 3, 100);

        summary?.Text.ShouldBe(text);
        string.Join(' ', summary?.Citations ?? []).ShouldBe(citations);
        if (text is null)
            summary.ShouldBeNull();
    }

    [Fact]
    public void A_summary_is_one_line_without_signs_that_nobody_sees()
    {
        RecallSummary summary = ModelSummary.Checked("She\nmoved\u202E [1]\u0007 " + new string('x', 5_000), 1, 50)!;

        summary.Text.ShouldNotContain('\n');
        summary.Text.ShouldNotContain('\u202E');
        summary.Text.Length.ShouldBeLessThanOrEqualTo(201);
    }

    [Fact]
    public void Sentences_are_chosen_that_say_most_about_the_question_each_with_its_number()
    {
        RecallSummary summary = ChosenSentences.Of("When does the ferry to Naxos leave?", Items(
            "The weather was fine. The ferry to Naxos leaves at nine! Bring water.", "Nobody was there.", "Naxos has old marble quarries. The ferry is blue."), 14)!;

        summary.Text.ShouldBe("The ferry to Naxos leaves at nine! [1]");
        summary.Citations.ShouldBe([1]);
    }

    [Fact]
    public void What_a_sentence_has_said_the_next_need_not_say()
    {
        RecallSummary summary = ChosenSentences.Of("Where are the ferry and the marble?", Items("The ferry is in Piraeus.", "The ferry sails.", "The marble lies in Apiranthos."), 24)!;

        summary.Citations.ShouldBe([1, 3]);
    }

    [Fact]
    public void Where_no_sentence_holds_a_word_of_the_question_nothing_is_told()
    {
        ChosenSentences.Of("Where is the ferry?", Items("Nobody was there."), 100).ShouldBeNull();
        ChosenSentences.Of("???", Items("Nobody was there."), 100).ShouldBeNull();
        ChosenSentences.Of("Where is the ferry?", [], 100).ShouldBeNull();
    }

    [Fact]
    public void Chosen_sentences_always_fit_and_name_only_what_is_there() =>
        Gen.Select(Gen.String, Gen.String.Array[0, 6], Gen.Int[50, 200]).Sample(
            (question, texts, tokens) =>
            {
                RecallSummary? summary = ChosenSentences.Of(question + " ferry", Items([.. texts.Select(text => text + " ferry. ")]), tokens);
                if (summary is null)
                    return;
                MemoryPrompt.TokensOf(summary.Text).ShouldBeLessThanOrEqualTo(tokens);
                summary.Citations.ShouldAllBe(number => number >= 1 && number <= texts.Length);
                ModelSummary.Checked(summary.Text, texts.Length, 4_000)!.Citations.ShouldBe(summary.Citations);
            },
            iter: 200);

    [Fact]
    public void Places_by_words_and_by_meaning_are_fused_and_what_has_no_vector_keeps_its_place()
    {
        IReadOnlyList<RecalledItem> items = Items("a", "b", "c", "d");

        Texts(RecallOrder.Fused(items, [0.1f, 0.2f, 0.9f])).ShouldBe(["b", "a", "c", "d"], ignoreOrder: true);
        Texts(RecallOrder.Fused(items, [0.1f, 0.2f, 0.9f]))[3].ShouldBe("d");
        Texts(RecallOrder.Fused(items, [null, null, null, null])).ShouldBe(["a", "b", "c", "d"]);
        Texts(RecallOrder.Fused(items, [null, 0.1f, 0.5f])).ShouldBe(["a", "b", "c", "d"], "of two that each have one first place the first stays first");
        Texts(RecallOrder.ByScores(items, [1, 1, 2])).ShouldBe(["c", "a", "b", "d"]);
    }

    private static string[] Texts(IReadOnlyList<RecalledItem> items) => [.. items.Select(item => item.Node.Text)];

    private static IReadOnlyList<RecalledItem> Items(params string[] texts) =>
        [.. texts.Select((text, at) => new RecalledItem(Memories.Scope, new MemoryNode { Id = at + 1, Kind = MemoryNodeKind.Episode, Key = $"k{at}", Text = text }, null, 1, []))];
}
