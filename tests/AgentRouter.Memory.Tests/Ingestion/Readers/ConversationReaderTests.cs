using System.Text;
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

    [Theory]
    [InlineData("{\"text\": \"a\"}\n{\"text\": \"caf\u00e9\"}\n", ":2: this is not UTF-8 text. Save the file as UTF-8")]
    [InlineData("\u00ef\u00bb\u00bf{\"text\": \"\u00fc\"}", ":1: this is not UTF-8 text.")]
    [InlineData("{\"text\": \"a\"}\n\u00c3", ":2: this is not UTF-8 text.")]
    public async Task What_is_not_UTF8_is_refused_with_its_line(string latin1, string message)
    {
        await File.WriteAllTextAsync(_file, latin1, Encoding.Latin1);

        (await Should.ThrowAsync<ConfigurationException>(() => ConversationReader.ReadAsync("chat", _file))).Message.ShouldStartWith(_file + message);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task A_byte_order_mark_tells_the_encoding(string encoding)
    {
        string text = string.Concat(Enumerable.Repeat("{\"text\": \"T\u00e9 \ud83c\udf75\"}\n", 500));
        await File.WriteAllTextAsync(_file, text, Encoding.GetEncoding(encoding));

        (await ConversationReader.ReadAsync("chat", _file)).Items.ShouldAllBe(item => item.Text == "T\u00e9 \ud83c\udf75");
    }

    private async Task<MemorySource> ReadAsync(string lines)
    {
        await File.WriteAllTextAsync(_file, lines);
        return await ConversationReader.ReadAsync("chat", _file);
    }
}
