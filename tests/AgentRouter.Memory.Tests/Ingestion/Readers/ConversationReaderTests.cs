using AgentRouter.Configuration;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Ingestion.Readers;

namespace AgentRouter.Memory.Tests.Ingestion.Readers;

public sealed class ConversationReaderTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Turns_are_read_with_who_said_them_and_when()
    {
        MemorySource source = await ReadAsync("""
            {"speaker": "Anna", "text": "Hi", "time": "2026-05-07T14:30:00+02:00"}

            {"role": "user", "content": "Hello"}
            {"role": "assistant", "content": [{"type": "text", "text": "Yes"}, {"type": "image"}], "id": "m3"}
            {"role": "assistant", "content": null}
            """);

        source.Items.ShouldBe(
        [
            new MemoryItem { Speaker = "Anna", Text = "Hi", Time = new DateTimeOffset(2026, 5, 7, 14, 30, 0, TimeSpan.FromHours(2)) },
            new MemoryItem { Speaker = "user", Text = "Hello" },
            new MemoryItem { Speaker = "assistant", Text = "Yes", Key = "m3" },
            new MemoryItem { Speaker = "assistant", Text = "" },
        ]);
    }

    [Theory]
    [InlineData("""{"speaker": "Anna"}""", ":1: a turn needs a 'text'")]
    [InlineData("""{"text": 3}""", ":1: 'text' is a text, not a number.")]
    [InlineData("""{"text": "a", "time": "soon"}""", ":1: 'time' is a date and time")]
    [InlineData("""{"text": "\ud83d"}""", ":1: 'text' holds half a character")]
    [InlineData("no", ":1: the line is not JSON")]
    public async Task What_is_no_turn_is_refused_with_its_line(string line, string message) =>
        (await Should.ThrowAsync<ConfigurationException>(() => ReadAsync(line))).Message.ShouldContain(message);

    private async Task<MemorySource> ReadAsync(string lines)
    {
        await File.WriteAllTextAsync(_file, lines);
        return await ConversationReader.ReadAsync("chat", _file);
    }
}
