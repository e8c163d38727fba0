using AgentRouter.Configuration;
using AgentRouter.Routing.Evaluation.Trajectories;

namespace AgentRouter.Routing.Tests.Evaluation.Trajectories;

public sealed class RecordedRunReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentrouter-runs-").FullName;

    [Fact]
    public async Task Steps_with_tokens_are_read_as_they_were_billed()
    {
        RecordedRun run = (await LoadAsync("""
            {"run_id":"a/1","task_id":"1","model":"haiku","config":"run1","reward":1.0,"turns":["do it"],"steps":[
             {"calls":[{"tool":"ls","args":"{}","obs":"a.txt"}],"in_tokens":10,"cache_read":200,"cache_write":30,"out_tokens":5,"t":"2026-03-20T06:10:19Z"},
             {"calls":[{"tool":"cat","args":{"file":"a"}}],"obs":["x"],"in_tokens":300,"out_tokens":8,"out_tokens_est":70,"turn":1,"text":"done"}]}
            """)).Single();
        (run.Task, run.Model, run.Configuration, run.Reward, run.Turns.Single()).ShouldBe(("1", "haiku", "run1", 1.0, "do it"));
        (run.Steps[0].PromptTokens, run.Steps[0].CachedTokens, run.Steps[0].WrittenTokens).ShouldBe((240L, 200L, 30L));
        run.Steps[0].Observations.ShouldBe(["a.txt"]);
        (run.Steps[1].PromptTokens, run.Steps[1].CachedTokens, run.Steps[1].OutputTokens, run.Steps[1].Turn).ShouldBe((300L, null, 70L, 1));
        run.Steps[1].Calls.ShouldBe([new RecordedCall("cat", """{"file":"a"}""")]);
    }

    [Fact]
    public async Task Of_messages_each_assistant_message_is_a_step_and_a_token_is_four_characters()
    {
        RecordedRun run = (await LoadAsync("""
            {"id":"1","reward":0,"trajectory":[
             {"role":"system","content":"12345678"},{"role":"user","content":"1234"},
             {"role":"assistant","content":null,"tool_calls":[{"function":{"name":"find","arguments":"{}"}}]},
             {"role":"tool","content":"1234567890"},
             {"role":"assistant","content":"ok"}]}
            """)).Single();
        run.Steps.Select(step => (step.PromptTokens, step.OutputTokens)).ShouldBe([(3L, 2L), (7L, 1L)]);
        run.Steps[0].Calls.ShouldBe([new RecordedCall("find", "{}")]);
    }

    [Theory]
    [InlineData("""{"steps":[]}""", "a run needs a 'run_id' or an 'id'")]
    [InlineData("""{"id":"1"}""", "a run needs 'steps' with their tokens, or a 'trajectory' of messages")]
    [InlineData("""{"id":"1","steps":[{"out_tokens":1}]}""", "step 0: a step needs its prompt as 'in_tokens'")]
    [InlineData("""{"id":"1","steps":[{"in_tokens":-1,"out_tokens":1}]}""", "step 0: 'in_tokens' is a whole number from 0 to 100,000,000, not -1")]
    [InlineData("""{"id":"1","steps":[{"in_tokens":1}]}""", "a step needs its output as 'out_tokens'")]
    [InlineData("""{"id":"1","steps":[7]}""", "step 0 is an object, not 7")]
    [InlineData("""{"id":"1","steps":{}}""", "'steps' is a list, not {}")]
    [InlineData("""{"id":"1","reward":2,"steps":[]}""", "'reward' is a number from 0 to 1, not 2")]
    [InlineData("""{"id":"1","steps":[{"in_tokens":1,"out_tokens":1,"t":"soon"}]}""", "'t' is a moment such as")]
    [InlineData("""{"id":"1","trajectory":[{"content":"x"}]}""", "message 0: a message needs a 'role'")]
    public async Task What_cannot_be_used_is_named_with_its_place(string line, string message)
    {
        string error = (await Should.ThrowAsync<ConfigurationException>(() => LoadAsync("{\"id\":\"0\",\"steps\":[]}\n" + line, oneLine: false))).Message;
        error.ShouldContain("runs.jsonl:2");
        error.ShouldContain(message);
    }

    [Fact]
    public async Task A_file_without_runs_says_so() =>
        (await Should.ThrowAsync<ConfigurationException>(() => LoadAsync(""))).Message.ShouldContain("There is no run in");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<IReadOnlyList<RecordedRun>> LoadAsync(string lines, bool oneLine = true)
    {
        string path = Path.Combine(_folder, "runs.jsonl");
        File.WriteAllText(path, oneLine ? lines.ReplaceLineEndings("") : lines);
        return RecordedRunReader.LoadAsync([path], default);
    }
}
