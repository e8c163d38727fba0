using AgentRouter.Suggestions;
using CsCheck;

namespace AgentRouter.Core.Tests.Suggestions;

public class SuggestionTests
{
    private static readonly string[] Known = ["planner", "coder", "reviewer", "workspace.read"];

    [Theory]
    [InlineData("planer", "planner")]
    [InlineData("PLANNER", "planner")]
    [InlineData("codre", "coder")]
    [InlineData("workspace.raed", "workspace.read")]
    [InlineData("workspace.fly", null)]
    [InlineData("review", "reviewer")]
    [InlineData("x", null)]
    [InlineData("", null)]
    [InlineData("summarizer", null)]
    public void The_nearest_name_is_found(string word, string? expected) => Suggestion.Nearest(word, Known).ShouldBe(expected);

    [Fact]
    public void Without_a_near_name_what_there_is_is_listed()
    {
        Suggestion.Sentence("zzz", ["a", "b"]).ShouldBe("There is: a, b.");
        Suggestion.Sentence("zzz", []).ShouldBeNull();
        Suggestion.Sentence("plannr", Known).ShouldBe("Did you mean 'planner'?");
    }

    [Fact]
    public void Swapping_two_letters_of_any_word_still_finds_it() =>
        Gen.Select(Gen.Char['a', 'z'].Array[4, 30].Select(letters => new string(letters)), Gen.Int[0, 1_000])
            .Sample((word, at) =>
            {
                int i = at % (word.Length - 1);
                string swapped = word[..i] + word[i + 1] + word[i] + word[(i + 2)..];
                Suggestion.Nearest(swapped, [word]).ShouldBe(word);
            });
}
