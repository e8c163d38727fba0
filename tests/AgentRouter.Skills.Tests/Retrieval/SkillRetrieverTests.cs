using AgentRouter.Skills.Index;
using AgentRouter.Skills.Ranking;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Tests.Support;

namespace AgentRouter.Skills.Tests.Retrieval;

public sealed class SkillRetrieverTests
{
    private static readonly Skill[] Kitchen =
    [
        TestSkills.Of("make-tea", "Makes tea. Use when somebody is thirsty.", "# Tea\nBoil water in a kettle and add leaves."),
        TestSkills.Of("bake-bread", "Bakes bread.", "# Bread\nKnead the dough, let it rise, heat the oven."),
        TestSkills.Of("wash-dishes", "Washes what is dirty.", "Hot water, soap. The kettle needs no soap."),
    ];

    [Fact]
    public void The_best_skill_comes_first_and_what_has_no_word_in_common_does_not_come()
    {
        IReadOnlyList<SkillMatch> matches = new SkillRetriever(SkillIndex.Of(Kitchen)).Search("How do I boil water for tea in the kettle?");

        matches.Select(match => match.Skill.Name).ShouldBe(["make-tea", "wash-dishes"]);
        matches[0].Score.ShouldBe(1, 1e-3);
        matches[0].Reason.ShouldBe(MatchReason.Score);
        matches[0].Views.Select(view => view.View).ShouldBe(["fields", "names", "text as one"]);
        matches[0].Words.ShouldBeEmpty();
    }

    [Fact]
    public void The_body_is_read()
    {
        new SkillRetriever(SkillIndex.Of(Kitchen)).Search("knead").Single().Skill.Name.ShouldBe("bake-bread");
    }

    [Fact]
    public void An_explained_match_says_which_words_count()
    {
        SkillMatch match = new SkillRetriever(SkillIndex.Of(Kitchen)).Search("boil water for tea", new SkillSearchOptions { Explain = true })[0];

        match.Words.Select(word => word.Word).ShouldBe(["tea", "boil", "water"]);
        match.Words.Sum(word => word.Score).ShouldBe(match.Score, 1e-3);
    }

    [Fact]
    public void Nothing_is_found_for_nothing()
    {
        var retriever = new SkillRetriever(SkillIndex.Of(Kitchen));

        retriever.Search("").ShouldBeEmpty();
        retriever.Search("the and of").ShouldBeEmpty();
        retriever.Search("zeppelin").ShouldBeEmpty();
        new SkillRetriever(SkillIndex.Empty).Search("tea").ShouldBeEmpty();
    }

    [Fact]
    public void A_skill_for_a_single_sentence_comes_into_the_list()
    {
        Skill[] reports = [.. Enumerable.Range(0, 30).Select(i => TestSkills.Of($"report-{i}", "Quarterly sales report with charts", $"Quarterly sales report charts revenue number {i} figures table{i}"))];
        SkillIndex index = SkillIndex.Of([.. reports, TestSkills.Of("send-mail", "Sends mail to a team", "Compose mail, attach, deliver to the team mailbox.")]);
        RankingRecipe always = SkillRecipes.Default with { Sentences = SkillRecipes.Default.Sentences! with { FromSkills = 0 }, WithVectors = null };
        var retriever = new SkillRetriever(index.WithRecipe(always));

        IReadOnlyList<SkillMatch> matches = retriever.Search(
            "Make the quarterly sales report with charts and figures of revenue. Quarterly sales figures go into the report charts. Send mail to the team mailbox.",
            new SkillSearchOptions { Limit = 12 });

        SkillMatch mail = matches.Single(match => match.Skill.Name == "send-mail");
        (mail.Reason is MatchReason.Score or MatchReason.Sentence).ShouldBeTrue();
        matches.Count.ShouldBe(12);
        matches.Select(match => match.Skill.Id).ShouldBeUnique();
    }

    [Fact]
    public void The_first_places_are_a_set()
    {
        string body = "# Tea\nBoil water in a kettle, add leaves, wait for three minutes, pour it into a cup and serve it hot with milk.";
        Skill[] teas =
        [
            TestSkills.Of("make-tea", "Makes tea.", body), TestSkills.Of("Make-Tea", "For guests.", "Ask what they like.") with { Id = "other" },
            TestSkills.Of("brew-tea", "Makes tea.", body + " Enjoy."), TestSkills.Of("cool-tea", "Makes iced tea.", "Put tea into the fridge."),
        ];
        var retriever = new SkillRetriever(SkillIndex.Of([.. Kitchen[1..], .. teas]));

        IReadOnlyList<SkillMatch> matches = retriever.Search("make tea, boil water");

        SkillMatch[] set = [.. matches.TakeWhile(match => match.Reason != MatchReason.Repeat)], repeats = [.. matches.Skip(set.Length)];
        set.Select(match => match.Skill.Name).ShouldContain("cool-tea");
        repeats.ShouldAllBe(match => match.Reason == MatchReason.Repeat);
        repeats.Length.ShouldBe(2, "a second one of the name, and one that says the same");
        set.Select(match => match.Skill.Name.ToLowerInvariant()).ShouldBeUnique();
    }

    [Fact]
    public void Of_copies_only_the_first_is_found()
    {
        Skill tea = Kitchen[0];
        var retriever = new SkillRetriever(SkillIndex.Of([tea with { Id = "b" }, tea with { Id = "a" }, tea with { Id = "c", Name = "brew-tea" }]));

        retriever.Search("tea").Select(match => match.Skill.Id).Order().ShouldBe(["a", "c"]);
    }

    [Fact]
    public void The_limit_is_held_and_checked()
    {
        var retriever = new SkillRetriever(SkillIndex.Of(RandomSkills.Many(300, seed: 5)));

        retriever.Search("test build report", new SkillSearchOptions { Limit = 200 }).Count.ShouldBe(200);
        retriever.Search("test build report", new SkillSearchOptions { Limit = 1 }).Count.ShouldBe(1);
        Should.Throw<ArgumentOutOfRangeException>(() => retriever.Search("test", new SkillSearchOptions { Limit = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => retriever.Search("test", new SkillSearchOptions { Limit = 201 }));
    }

    [Fact]
    public void A_search_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Should.Throw<OperationCanceledException>(() => new SkillRetriever(SkillIndex.Of(Kitchen)).Search("tea", cancellationToken: cancelled.Token));
    }

    [Fact]
    public async Task The_index_can_be_replaced_while_others_search()
    {
        var retriever = new SkillRetriever(SkillIndex.Of(Kitchen));
        using var done = new CancellationTokenSource();
        Task[] searches = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
                retriever.Search("boil water for tea")[0].Skill.Name.ShouldBe("make-tea");
        }))];

        for (int i = 0; i < 200; i++)
            retriever.Index = retriever.Index.With([TestSkills.Of($"more-{i}", "Something else", $"other{i}")]);
        await done.CancelAsync();
        await Task.WhenAll(searches);

        retriever.Index.Count.ShouldBe(203);
    }
}
