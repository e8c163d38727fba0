using AgentRouter.Configuration;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Evaluation;
using AgentRouter.Skills.Ranking;
using AgentRouter.Skills.Tests.Support;

namespace AgentRouter.Skills.Tests.Evaluation;

public sealed class RetrievalReportTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_list_is_measured_as_it_is_defined()
    {
        var task = new EvaluationTask("t", "", new HashSet<string> { "a", "b" }, new Dictionary<string, double> { ["a"] = 3, ["b"] = 3, ["c"] = 1 });

        var figures = RankingFigures.Of(["x", "a", "c", .. Enumerable.Range(0, 12).Select(i => $"y{i}"), "b"], task);

        figures.Hit1.ShouldBe(0);
        figures.Mrr10.ShouldBe(0.5);
        figures.Recall10.ShouldBe(0.5);
        figures.Recall20.ShouldBe(1);
        figures.Coverage10.ShouldBe(0);
        double best = 3 + 3 / Math.Log2(3) + 1 / Math.Log2(4);
        figures.Ndcg10.ShouldBe((3 / Math.Log2(3) + 1 / Math.Log2(4)) / best, 1e-9);
    }

    [Fact]
    public async Task Skills_are_measured_step_by_step()
    {
        string pool = _folder.Write("pool.jsonl", """
            {"id":"1","name":"tea","description":"Makes tea","body":"# Tea\nBoil water."}
            {"id":"2","name":"bread","description":"Bakes bread","body":"Knead the dough."}
            {"id":"3","name":"soup","description":"Cooks soup","body":"Boil vegetables."}
            """);
        string tasks = _folder.Write("tasks.jsonl", """
            {"task_id":"a","query":"tea please","core_gt_ids":["1"],"relevance":{"1":3}}
            {"task_id":"b","query":"knead something","core_gt_ids":["2"]}
            {"task_id":"c","query":"boil vegetables and water","core_gt_ids":["3","1"]}
            {"task_id":"d","query":"anything","core_gt_ids":["not in the pool"]}
            """);

        var read = (await EvaluationPool.ReadAsync(pool, CancellationToken.None)).WithVectors(DenseMode.Auto, CancellationToken.None);
        var report = RetrievalReport.Of(read, await TaskReader.ReadAsync(tasks, CancellationToken.None), read.Ladder, seed: 1, CancellationToken.None);

        (report.Pool, report.Tasks, report.LeftOut, report.Partly).ShouldBe((3, 3, 1, 0));
        report.Steps.Select(step => step.Recipe).ShouldBe(["names", "+ bodies", "+ query weights", "+ three views", "+ list", "+ set"]);
        report.Steps[0].All.Hit1.Mean.ShouldBe(1.0 / 3, 1e-9);
        report.Steps[^1].All.Hit1.Mean.ShouldBe(1);
        report.Steps[^1].All.Coverage10.Interval.Low.ShouldBe(1);
        (report.Steps[^1].Single!.Tasks, report.Steps[^1].Several!.Tasks).ShouldBe((2, 1));
    }

    [Fact]
    public async Task Smaller_libraries_have_what_tasks_need_and_others_at_random()
    {
        string lines = string.Join('\n', Enumerable.Range(0, 60).Select(i => $$"""{"id":"{{i}}","name":"skill-{{i}}","description":"Does thing{{i}}","body":"Body {{i}}"}"""));
        EvaluationPool pool = await EvaluationPool.ReadAsync(_folder.Write("pool.jsonl", lines), CancellationToken.None);
        EvaluationTask[] tasks = [Task("3", "7"), Task("50")];

        EvaluationPool[] draws = [.. pool.Draw(10, 3, tasks, seed: 5)];

        draws.ShouldAllBe(draw => draw.Index.Count == 10);
        string[][] ids = [.. draws.Select(draw => draw.Index.Skills.Select(skill => skill.Id).Order().ToArray())];
        ids.ShouldAllBe(each => each.Contains("3") && each.Contains("7") && each.Contains("50"));
        ids.Select(each => string.Join(' ', each)).ShouldBeUnique();
        pool.Draw(10, 3, tasks, seed: 5).Select(draw => draw.Index.Skills.Select(skill => skill.Id).Order().ToArray()).ShouldBe(ids, "a draw is the seed's");
        pool.Draw(2, 1, tasks, seed: 5).Single().Index.Count.ShouldBe(3, "what tasks need is never left out");
        Should.Throw<ConfigurationException>(() => pool.Draw(60, 1, tasks, seed: 5).ToArray());

        static EvaluationTask Task(params string[] needed) => new("t", $"thing{needed[0]}", needed.ToHashSet(), needed.ToDictionary(id => id, _ => 1.0));
    }

    [Fact]
    public async Task Of_several_draws_the_mean_of_each_task_counts()
    {
        string with = _folder.Write("with.jsonl", """
            {"id":"1","name":"tea","description":"Makes tea","body":"Boil."}
            {"id":"2","name":"green","description":"Makes green tea of tea leaves for tea","body":"Tea."}
            """);
        string without = _folder.Write("without.jsonl", """
            {"id":"1","name":"tea","description":"Makes tea","body":"Boil."}
            {"id":"3","name":"bread","description":"Bakes","body":"Knead."}
            """);
        EvaluationPool[] draws = [await EvaluationPool.ReadAsync(with, CancellationToken.None), await EvaluationPool.ReadAsync(without, CancellationToken.None)];
        EvaluationTask[] tasks = [new("t", "green tea leaves", new HashSet<string> { "1" }, new Dictionary<string, double> { ["1"] = 1 })];

        var report = RetrievalReport.Of(draws, tasks, [SkillRecipes.Default], seed: 1, CancellationToken.None);

        report.Steps.Single().All.Hit1.Mean.ShouldBe(0.5);
        report.Steps.Single().All.Recall20.Mean.ShouldBe(1);
    }

    [Fact]
    public async Task A_description_must_find_its_body()
    {
        string pool = _folder.Write("pool.jsonl", """
            {"id":"1","name":"tea","description":"Use it to boil some water for a cup of tea","body":"Boil water. Add tea leaves."}
            {"id":"2","name":"bread","description":"Use it when a dough has to be kneaded well","body":"Use it when a dough\nhas to be kneaded well. Knead."}
            {"id":"3","name":"soup","description":"Too short","body":"Boil vegetables."}
            """);
        var heldOut = new HeldOutDescriptions();

        EvaluationPool read = await EvaluationPool.ReadAsync(pool, heldOut, CancellationToken.None);

        EvaluationTask task = heldOut.Draw(10, seed: 1).ShouldHaveSingleItem("one repeats itself in its body, one is too short");
        (task.Query, task.Needed.Single()).ShouldBe(("Use it to boil some water for a cup of tea", "1"));
        read.Index.Skills.ShouldAllBe(skill => skill.Name == "" && skill.Description == "");
        var report = RetrievalReport.Of(read, [task], [SkillRecipes.NameAndDescription, SkillRecipes.Default], seed: 1, CancellationToken.None);
        report.Steps.Select(step => step.All.Hit1.Mean).ShouldBe([0, 1], "nothing but the body is left");
        Should.Throw<ConfigurationException>(() => new HeldOutDescriptions().Draw(1, seed: 1));
    }

    [Fact]
    public async Task What_is_needed_and_not_in_the_pool_is_counted_and_two_of_an_id_are_refused()
    {
        EvaluationPool pool = await EvaluationPool.ReadAsync(_folder.Write("pool.jsonl", """{"id":"1","name":"tea","description":"Makes tea","body":"Boil."}"""), CancellationToken.None);
        EvaluationTask[] tasks = [Task("1", "nope"), Task("nope")];

        var report = RetrievalReport.Of(pool, tasks, [SkillRecipes.Default], seed: 1, CancellationToken.None);

        (report.Tasks, report.LeftOut, report.Partly).ShouldBe((1, 1, 1));
        Should.Throw<ConfigurationException>(() => RetrievalReport.Of(pool, [tasks[1]], [SkillRecipes.Default], seed: 1, CancellationToken.None))
            .Message.ShouldContain("the tasks name ids such as 'nope', the pool has such as '1'");
        string twice = _folder.Write("twice.jsonl", "{\"id\":\"1\",\"name\":\"a\",\"body\":\"b\"}\n{\"id\":\"1\",\"name\":\"c\",\"body\":\"d\"}");
        (await Should.ThrowAsync<ConfigurationException>(() => EvaluationPool.ReadAsync(twice, CancellationToken.None))).Message.ShouldContain(":2: the id '1' is there twice");

        static EvaluationTask Task(params string[] needed) => new("t", "tea", needed.ToHashSet(), needed.ToDictionary(id => id, _ => 1.0));
    }

    [Fact]
    public async Task A_catalogue_of_tools_is_measured_too()
    {
        string pool = _folder.Write("tools.jsonl", """
            {"id":"t1","name":"getWeather","description":"Forecast","server":"sky","parameters":{"type":"object","properties":{"city":{"type":"string","description":"Where"}}}}
            {"id":"t2","name":"sendMail","description":"Delivers a letter","input_schema":{"properties":{"recipient":{"enum":["boss"]}}}}
            """);
        string tasks = _folder.Write("queries.jsonl", """
            {"qid":"q1","query":"weather of a city","gold":["t1"]}
            {"qid":"q2","query":"a message to the boss","gold":["t2"]}
            """);

        var read = (await EvaluationPool.ReadAsync(pool, CancellationToken.None)).WithVectors(DenseMode.Auto, CancellationToken.None);
        var report = RetrievalReport.Of(read, await TaskReader.ReadAsync(tasks, CancellationToken.None), read.Ladder, seed: 1, CancellationToken.None);

        report.Steps.Select(step => step.All.Hit1.Mean).ShouldBe([0.5, 1]);
    }

    [Fact]
    public async Task A_folder_of_skills_is_a_pool_by_their_names()
    {
        _folder.With("tea").With("toast");

        var pool = (await EvaluationPool.ReadAsync(_folder.Path, CancellationToken.None)).WithVectors(DenseMode.Auto, CancellationToken.None);

        pool.Index.Skills.Select(skill => skill.Id).ShouldBe(["tea", "toast"]);
        pool.Ladder[^1].ShouldBe(SkillRecipes.Default);
    }

    [Theory]
    [InlineData("{\"name\":\"x\"}", "pool.jsonl:1: an entry needs an 'id', a text.")]
    [InlineData("{\"id\":\"1\"}", "pool.jsonl:1: an entry needs a 'name', a text.")]
    [InlineData("{\"id\":\"1\",\"name\":\"x\",\"body\":\"\"}\n{\"id\":\"2\",\"name\":\"y\"}", "pool.jsonl:2: a pool has either skills, each with a 'body', or tools without one.")]
    [InlineData("[]", "pool.jsonl:1: a line is a JSON object, not a list.")]
    [InlineData("", "There is nothing to search in")]
    public async Task A_bad_pool_is_refused_with_its_place(string text, string message)
    {
        string pool = _folder.Write("pool.jsonl", text);

        (await Should.ThrowAsync<ConfigurationException>(() => EvaluationPool.ReadAsync(pool, CancellationToken.None))).Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("{\"gold\":[]}", "tasks.jsonl:1: a task needs a 'query', a text.")]
    [InlineData("{\"query\":\"x\"}", "tasks.jsonl:1: a task needs 'gold' (or 'core_gt_ids'), a list with the ids of the skills that it needs.")]
    [InlineData("{\"query\":\"x\",\"gold\":[\"1\"],\"relevance\":{\"1\":-1}}", "tasks.jsonl:1: the relevance of '1' is a number from 0, not a number.")]
    [InlineData("", "There is no task in")]
    public async Task Bad_tasks_are_refused_with_their_place(string text, string message)
    {
        string tasks = _folder.Write("tasks.jsonl", text);

        (await Should.ThrowAsync<ConfigurationException>(() => TaskReader.ReadAsync(tasks, CancellationToken.None))).Message.ShouldContain(message);
    }
}
