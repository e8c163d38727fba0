using AgentRouter.Configuration;
using AgentRouter.Memory.Evaluation;
using AgentRouter.Memory.Tests.Support;

namespace AgentRouter.Memory.Tests.Evaluation;

public sealed class EvidenceEvaluationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Conversations_are_read_and_evidence_is_counted()
    {
        string path = Write("conversations.jsonl", """
            {"sample_id": "c1", "turns": [{"dia_id": "D1:1", "session": 1, "date_time": "1:56 pm on 8 May, 2023", "speaker": "Anna", "text": "I bought a red kayak."}, {"dia_id": "D1:2", "session": 1, "date_time": "1:56 pm on 8 May, 2023", "speaker": "Ben", "text": "Nice weather today."}, {"dia_id": "D2:1", "session": 2, "date_time": "9:00 am on 1 June, 2023", "speaker": "Ben", "text": "My brother paints."}], "qa": [{"qid": "q1", "question": "What did Anna buy?", "category_name": "single-hop", "evidence": ["D1:1"]}, {"qid": "q2", "question": "Who paints and who bought a kayak?", "category_name": "multi-hop", "evidence": ["D1:1", "D2:1"]}, {"qid": "q3", "question": "What did nobody say?", "category_name": "adversarial", "evidence": ["D1:2"]}, {"qid": "q4", "question": "Left out", "category_name": "single-hop", "evidence": ["D9:9"]}]}
            """);
        IReadOnlyList<EvidenceSet> sets = await LocomoReader.ReadAsync(path, CancellationToken.None);
        sets.Single().Sources.Select(source => source.Time!.Value.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(["2023-05-08 13:56", "2023-06-01 09:00"]);
        sets.Single().Questions.Select(question => question.Id).ShouldBe(["q1", "q2", "q3"]);

        EvidenceReport report = await RunAsync(sets, [1, 2]);
        VariantFigures all = report.Variants[^1];
        all.Categories["single-hop"].At[0].Recall.ShouldBe(1);
        all.Categories["multi-hop"].At.Select(at => (at.Recall, at.AllEvidence)).ShouldBe([(0.5, 0), (1, 1)]);
        all.All.Questions.ShouldBe(2);
        all.All.Mrr.ShouldBe(1);
        report.Variants.Select(variant => variant.Gain is null).ShouldBe([true, false, false, false, false]);
    }

    [Fact]
    public async Task Passages_are_read_with_and_without_titles()
    {
        Write("corpus.jsonl", string.Join('\n', Memories.Wiki.Select(source => $$"""{"doc_id": "{{source.Key}}", "title": "{{source.Title}}", "text": "{{source.Items[0].Text}}"}""")));
        Write("questions.dev.jsonl", """{"qid": "q1", "question": "In which town did the director of The Glass Tower die?", "gold": ["w1", "w2", "w3"], "n_hops": 3}""");
        foreach (bool withTitles in (bool[])[true, false])
        {
            EvidenceReport report = await RunAsync([await MultihopReader.ReadAsync(_folder, withTitles, CancellationToken.None)], [3]);
            report.Variants[^1].Categories["3 hops"].At.Single().AllEvidence.ShouldBe(1);
        }
    }

    [Theory]
    [InlineData("{}", "conversations.jsonl:1: 'turns' is missing, a list.")]
    [InlineData("""{"turns": [{"text": "x"}], "qa": []}""", "conversations.jsonl:1: a turn needs a 'session', a number.")]
    [InlineData("""{"turns": [{"session": 1, "dia_id": "D1:1", "speaker": "A", "text": "x", "date_time": "noon"}], "qa": []}""", "conversations.jsonl:1: 'noon' is no time.")]
    [InlineData("", "There is no conversation in")]
    public async Task Wrong_lines_are_named(string content, string message)
    {
        string path = Write("conversations.jsonl", content);
        (await Should.ThrowAsync<ConfigurationException>(() => LocomoReader.ReadAsync(path, CancellationToken.None))).Message.ShouldContain(message);
    }

    [Fact]
    public async Task A_gold_passage_that_is_not_there_is_named()
    {
        Write("corpus.jsonl", """{"doc_id": "a", "text": "x"}""");
        Write("questions.jsonl", """{"question": "x?", "gold": ["b"]}""");
        (await Should.ThrowAsync<ConfigurationException>(() => MultihopReader.ReadAsync(_folder, true, CancellationToken.None))).Message.ShouldContain("the passage 'b' is not in the corpus");
    }

    private static async Task<EvidenceReport> RunAsync(IReadOnlyList<EvidenceSet> sets, int[] depths)
    {
        await using var store = new InMemoryStore();
        return await EvidenceEvaluation.RunAsync(sets, store, EvidenceEvaluation.Ladder, depths, seed: 1, TimeProvider.System, progress: null, CancellationToken.None);
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
