using AgentRouter.Routing.Learning.Text;

namespace AgentRouter.Routing.Tests.Learning.Text;

public sealed class HandFeaturesTests
{
    [Fact]
    public void There_are_54_features_and_no_name_twice()
    {
        HandFeatures.Names.Count.ShouldBe(54);
        HandFeatures.Names.ShouldBeUnique();
    }

    [Fact]
    public void A_word_problem_is_counted()
    {
        Dictionary<string, float> features = Read("Tom has 1,200 apples and 2.5 pears. If he eats 20% of 1,200 each day, how many apples remain?");

        features.ShouldSatisfyAllConditions(
            () => features["numbers"].ShouldBe(Log(4)),
            () => features["distinctNumbers"].ShouldBe(Log(3)),
            () => features["largestNumber"].ShouldBe(Log(1200)),
            () => features["nonIntegers"].ShouldBe(Log(1)),
            () => features["sentences"].ShouldBe(Log(2)),
            () => features["percentSigns"].ShouldBe(Log(1)),
            () => features["eachWords"].ShouldBe(Log(1)),
            () => features["timeUnits"].ShouldBe(Log(1)),
            () => features["remainders"].ShouldBe(Log(1)),
            () => features["questionMarks"].ShouldBe(Log(1)),
            () => features["asksHowMany"].ShouldBe(1),
            () => features["asksHowMuch"].ShouldBe(0),
            () => features["lastSentenceHasIf"].ShouldBe(1),
            () => features["options"].ShouldBe(0));
    }

    [Fact]
    public void The_options_of_a_question_are_told_from_its_stem()
    {
        Dictionary<string, float> features = Read("Which of the following is a prime number?\nA. 7\nB. 9\nC. All of the above\nD. None of these numbers\nAnswer:");

        features.ShouldSatisfyAllConditions(
            () => features["options"].ShouldBe(4),
            () => features["stemCharacters"].ShouldBe(Log("Which of the following is a prime number?\n".Length)),
            () => features["whichOfTheFollowing"].ShouldBe(1),
            () => features["numericOptions"].ShouldBe(0.5f),
            () => features["allNoneBothOptions"].ShouldBe(Log(2)),
            () => features["capitalOptions"].ShouldBe(0.5f),
            () => features["longestOption"].ShouldBe(Log(4)),
            () => features["lastSentenceWords"].ShouldBe(Log(8)));
    }

    [Fact]
    public void One_line_that_begins_with_a_letter_is_no_choice() =>
        Read("A. is a letter.\nWhat else?")["options"].ShouldBe(0);

    [Fact]
    public void An_empty_prompt_has_features_too() =>
        Read("").Values.ShouldAllBe(value => float.IsFinite(value));

    [Fact]
    public void A_very_long_prompt_is_looked_at_at_both_ends()
    {
        string prompt = "Twice " + new string('x', 100_000) + " how many?";

        Dictionary<string, float> features = Read(prompt);

        features["multiples"].ShouldBe(Log(1));
        features["asksHowMany"].ShouldBe(1);
        features["characters"].ShouldBe(Log(prompt.Length));
    }

    private static float Log(double count) => (float)Math.Log(1 + count);

    private static Dictionary<string, float> Read(string prompt)
    {
        var scan = new PromptScan();
        var values = new float[HandFeatures.Names.Count];
        scan.Read(prompt);
        new HandFeatures().Read(scan, values);
        return HandFeatures.Names.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
