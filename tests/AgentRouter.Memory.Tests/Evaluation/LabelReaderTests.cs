using AgentRouter.Configuration;
using AgentRouter.Memory.Evaluation;

namespace AgentRouter.Memory.Tests.Evaluation;

public sealed class LabelReaderTests : IDisposable
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("agentrouter-labels-").FullName, "labels.jsonl");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Fact]
    public async Task A_label_is_a_question_with_the_keys_of_what_answered_it()
    {
        File.WriteAllText(_file, """{"question":"Which port?","evidence":["docs/ops.md#3","docs/ops.md#3"],"askedAt":"2026-05-08T09:00:00Z"}""" + "\n");

        EvidenceQuestion label = (await LabelReader.ReadAsync(_file, CancellationToken.None)).ShouldHaveSingleItem();

        label.Text.ShouldBe("Which port?");
        label.Evidence.ShouldBe(["docs/ops.md#3"]);
        label.AskedAt.ShouldBe(new DateTimeOffset(2026, 5, 8, 9, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("""{"evidence":["a"]}""", "'question' is missing")]
    [InlineData("""{"question":"Which?"}""", "'evidence' is missing")]
    [InlineData("""{"question":"Which?","evidence":[]}""", "'evidence' names nothing")]
    [InlineData("""{"question":"Which?","evidence":["a"],"askedAt":"soon"}""", "'soon' is no time")]
    public async Task A_line_that_cannot_be_used_says_where_and_why(string line, string message)
    {
        File.WriteAllText(_file, """{"question":"Which port?","evidence":["a"]}""" + "\n" + line + "\n");

        string said = (await Should.ThrowAsync<ConfigurationException>(() => LabelReader.ReadAsync(_file, CancellationToken.None))).Message;

        said.ShouldContain("labels.jsonl:2");
        said.ShouldContain(message);
    }
}
