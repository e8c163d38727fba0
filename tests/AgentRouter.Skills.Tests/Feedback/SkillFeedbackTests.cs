using AgentRouter.Configuration;
using AgentRouter.Skills.Feedback;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Tests.Support;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Skills.Tests.Feedback;

public sealed class SkillFeedbackTests : IDisposable
{
    private const string Task = "repair the failing checkout test";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_led_to_right_work_gains_for_similar_tasks_and_what_led_to_wrong_work_loses()
    {
        var feedback = new SkillFeedback(timeProvider: _clock);

        feedback.Learn(Task, ["good"], right: true);
        feedback.Learn(Task, ["bad"], right: false);

        feedback.Of(Task, "good").ShouldBe(0.2, 1e-9);
        feedback.Of("repair the failing invoice test", "good").ShouldBeInRange(0.1, 0.19);
        feedback.Of(Task, "bad").ShouldBe(-0.2, 1e-9);
        feedback.Of("cut a holiday video", "good").ShouldBe(0);
        feedback.Of(Task, "other").ShouldBe(0);
    }

    [Fact]
    public void Each_use_replaces_a_fifth_so_a_skill_that_gets_worse_is_noticed()
    {
        var feedback = new SkillFeedback(timeProvider: _clock);

        foreach (int _ in Enumerable.Range(0, 5))
            feedback.Learn(Task, ["skill"], right: true);
        double before = feedback.Of(Task, "skill");
        foreach (int _ in Enumerable.Range(0, 5))
            feedback.Learn(Task, ["skill"], right: false);

        before.ShouldBe(1 - Math.Pow(0.8, 5), 1e-9);
        feedback.Of(Task, "skill").ShouldBeLessThan(0);
    }

    [Fact]
    public void With_time_it_is_forgotten()
    {
        var feedback = new SkillFeedback(timeProvider: _clock);
        feedback.Learn(Task, ["skill"], right: true);

        _clock.Advance(TimeSpan.FromDays(30));
        feedback.Of(Task, "skill").ShouldBe(0.1, 1e-9);
        _clock.Advance(TimeSpan.FromDays(300));
        feedback.Of(Task, "skill").ShouldBeLessThan(0.001);
    }

    [Fact]
    public void Whatever_was_learned_no_score_changes_by_more_than_its_share_and_nothing_is_brought_in()
    {
        Gen<(string Task, string Skill, bool Right)> lesson = Gen.Select(RandomSkills.Words(1, 8), Gen.Int[0, 11].Select(i => $"skill-{i}"), Gen.Bool);
        Gen.Select(RandomSkills.Library(3, 12), lesson.Array[0, 40], RandomSkills.Words(1, 6)).Sample((library, lessons, task) =>
        {
            library = [.. library.Select((skill, i) => skill with { Name = $"skill-{i}" })];
            var feedback = new SkillFeedback(timeProvider: _clock);
            foreach ((string learned, string skill, bool right) in lessons)
                feedback.Learn(learned, [skill], right);
            IReadOnlyList<SkillMatch> matches = new SkillRetriever(SkillIndex.Of(library)).Search(task);

            IReadOnlyList<FeedbackMatch> ordered = feedback.Reorder(task, matches);

            ordered.Select(each => each.Match.Skill.Id).ShouldBe(matches.Select(match => match.Skill.Id), ignoreOrder: true);
            ordered.ShouldAllBe(each => Math.Abs(each.Proven) <= 1);
            double[] places = [.. matches.Select(match => match.Score).OrderDescending()];
            for (int i = 0; i < ordered.Count; i++)
            {
                // who goes before another one had at least a score of this part of the other's
                double own = places[matches.ToList().IndexOf(ordered[i].Match)];
                foreach (FeedbackMatch after in ordered.Skip(i + 1))
                    own.ShouldBeGreaterThanOrEqualTo(places[matches.ToList().IndexOf(after.Match)] * (1 - SkillFeedback.MostShare) / (1 + SkillFeedback.MostShare) - 1e-12);
            }
        });
    }

    [Fact]
    public void The_file_gives_back_what_was_learned_and_no_word_of_a_task()
    {
        string path = _folder.At("learned/skills.json");
        new SkillFeedback(path, _clock).Learn(Task, ["skill", "other"], right: true);

        new SkillFeedback(path, _clock).Of(Task, "skill").ShouldBe(0.2, 1e-5);

        string text = File.ReadAllText(path);
        text.ShouldContain("\"name\":\"skill\",\"right\":1,\"wrong\":0");
        text.ShouldNotContain("checkout");
    }

    [Theory]
    [InlineData("nonsense", "it is not JSON")]
    [InlineData("{}", "its 'format' is not 'agentrouter.skill-feedback'")]
    [InlineData("""{ "format": "agentrouter.skill-feedback", "version": 9, "skills": [] }""", "its 'version' is not 1")]
    [InlineData("""{ "format": "agentrouter.skill-feedback", "version": 1 }""", "it has no list 'skills'")]
    [InlineData("""{ "format": "agentrouter.skill-feedback", "version": 1, "skills": [ { "name": "a", "right": 1, "wrong": 0, "at": "2026-01-01T00:00:00Z", "terms": { "1": 2 } } ] }""", "skill 1 needs a name")]
    [InlineData("""{ "format": "agentrouter.skill-feedback", "version": 1, "skills": [ { "name": "a", "right": 1, "wrong": 0, "at": "2026-01-01T00:00:00Z", "terms": { "zz": 1 } } ] }""", "skill 1 needs a name")]
    [InlineData("""{ "format": "agentrouter.skill-feedback", "version": 1, "skills": [ { "name": "a", "right": 1, "wrong": 0, "at": "2026-01-01T00:00:00Z", "terms": { "1": 1, "01": 1 } } ] }""", "skill 1 needs a name")]
    [InlineData("""{ "format": "agentrouter.skill-feedback", "version": 1, "skills": [ null ] }""", "skill 1 needs a name")]
    public void A_file_that_is_not_whole_is_refused_and_left_as_it_is(string text, string why)
    {
        string path = _folder.Write("skills.json", text);

        Should.Throw<ConfigurationException>(() => new SkillFeedback(path)).Message.ShouldContain($"skills.json cannot be what was learned of skills: {why}");
        File.ReadAllText(path).ShouldBe(text);
    }

    [Fact]
    public void A_folder_is_no_file_to_keep_it_in() =>
        Should.Throw<ConfigurationException>(() => new SkillFeedback(_folder.Path)).Message.ShouldContain("is a folder. What is learned of skills is kept in a file: name one in it.");
}
