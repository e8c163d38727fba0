using AgentRouter.Memory.Context;
using AgentRouter.Memory.Ingestion;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Tests.Context;

public sealed class RoundItemsTests
{
    [Fact]
    public void What_an_agent_says_at_each_step_is_remembered_once_and_with_what_the_tool_returned()
    {
        MemoryItem[] items = [.. RoundItems.Of([.. Round("a", "On to the next page.", "The sea is calm."), .. Round("b", "On to the next page.", "The code is 4711.")], firstRound: 7)];

        items.Select(item => item.Text).ShouldBe(["On to the next page.\nThe sea is calm.", "The code is 4711."]);
        items.Select(item => item.Title).ShouldBe(["step 7, look { \"page\": \"a\" }", "step 8, look { \"page\": \"b\" }"]);
    }

    [Fact]
    public void What_an_agent_says_at_length_and_its_answers_are_remembered_by_themselves()
    {
        string thought = string.Join(' ', Enumerable.Repeat("I think so.", 60));

        MemoryItem[] items = [.. RoundItems.Of([.. Round("a", thought, "The sea is calm."), new(ChatRole.Assistant, "It is calm.")], firstRound: 1)];

        items.Select(item => (item.Speaker, item.Text)).ShouldBe([("assistant", thought), (null, "The sea is calm."), ("assistant", "It is calm.")]);
    }

    [Fact]
    public void Passages_end_with_lines_or_sentences_or_words_and_lose_nothing()
    {
        string words = string.Join(' ', Enumerable.Range(0, 2_000).Select(number => $"word{number}")), sentences = string.Join(' ', Enumerable.Range(0, 400).Select(number => $"This is sentence {number}."));

        foreach (string text in new[] { words, sentences, sentences.Replace(". ", ".\n", StringComparison.Ordinal), new string('x', 5_000) })
        {
            string[] passages = [.. RoundPassages.Of(text)];
            passages.ShouldAllBe(passage => passage.Length <= ContextLimitDefaults.PassageLength);
            Blank(string.Concat(passages)).ShouldBe(Blank(text));
        }

        RoundPassages.Of(words).ShouldAllBe(passage => passage.StartsWith("word"));
        RoundPassages.Of(sentences).ShouldAllBe(passage => passage.StartsWith("This is") && passage.EndsWith('.'));
    }

    [Fact]
    public void A_character_of_two_halves_is_not_parted() =>
        RoundPassages.Of("x" + string.Concat(Enumerable.Repeat("😀", 2_000))).ShouldAllBe(passage => !char.IsLowSurrogate(passage.First()) && !char.IsHighSurrogate(passage.Last()));

    [Fact]
    public void An_excerpt_begins_where_a_text_says_what_it_was_found_for()
    {
        string before = string.Join(' ', Enumerable.Repeat("The wind blows hard over the open sea and nobody is on deck to see any of it.", 10));

        NoteExcerpt.Of($"{before} Then it is calm. The code of the lighthouse is 4711. Good night.", ["Say what the code of the lighthouse is."])
            .ShouldBe("…Then it is calm. The code of the lighthouse is 4711. Good night.");
        NoteExcerpt.Of("The code is 4711. Good night.", ["What is the code?"]).ShouldBe("The code is 4711. Good night.");
        NoteExcerpt.Of("Nothing of it.", ["code"]).ShouldBe("Nothing of it.");
    }

    private static string Blank(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static ChatMessage[] Round(string page, string says, string returned) =>
    [
        new(ChatRole.Assistant, [new TextContent(says), new FunctionCallContent($"call-{page}", "look", new Dictionary<string, object?> { ["page"] = page })]),
        new(ChatRole.Tool, [new FunctionResultContent($"call-{page}", returned)]),
    ];
}
