using System.Text.Json;
using System.Text.RegularExpressions;
using AgentRouter.Budgets;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Tests.Support;

/// <summary>A model that learns by rule, or as it is told: from <c>tea = green</c> it learns "The tea is green.", about shop/tea, of the topic "tea choice".</summary>
internal sealed partial class LearningModel(Func<string, string>? answer = null) : IChatClient
{
    private readonly List<string> _questions = [];

    /// <summary>Gets what was asked, the last message of each call.</summary>
    public IReadOnlyList<string> Questions => _questions;

    /// <summary>Gets the options of the last call.</summary>
    public ChatOptions? Options { get; private set; }

    /// <summary>Gets or sets after how many calls the budget is used up.</summary>
    public int Budget { get; set; } = int.MaxValue;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_questions.Count >= Budget)
            throw new BudgetExceededException(new BudgetRefusal(BudgetDimension.Calls, Budget, Budget, 0, 1), OnExceeded.Stop);
        Options = options;
        string question = messages.Last().Text;
        _questions.Add(question);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, (answer ?? ByRule)(question))) { Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 10 } });
    }

    /// <summary>Answers by rule.</summary>
    public static string ByRule(string question) => question.StartsWith("Group", StringComparison.Ordinal) ? Reflections(question) : Facts(question);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static string Facts(string question)
    {
        (int Number, string Key, string Value)[] said = [.. Statement().Matches(question).Select(match => (int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), match.Groups[2].Value, match.Groups[3].Value))];
        return JsonSerializer.Serialize(new
        {
            facts = said.Select(each => new { text = $"The {each.Key} is {each.Value}.", about = $"shop/{each.Key}", episodes = new[] { each.Number }, happened = (string?)null }),
            concepts = said.Select(each => new { name = $"{each.Key} choice", episodes = new[] { each.Number } }),
            corrections = Array.Empty<object>(),
        });
    }

    private static string Reflections(string question) => JsonSerializer.Serialize(new
    {
        reflections = Group().Matches(question).Select(match => new { group = int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), text = $"Much is known of {match.Groups[2].Value}: {Count(question, match)}.", facts = new[] { 1, 2 } }),
    });

    private static int Count(string question, Match group)
    {
        int end = question.IndexOf("Group", group.Index + 1, StringComparison.Ordinal);
        return question[group.Index..(end < 0 ? question.Length : end)].Count(c => c == '\n') - 1;
    }

    [GeneratedRegex("""^(\d+)\. .*"(\w+) = (\w+)"$""", RegexOptions.Multiline)]
    private static partial Regex Statement();

    [GeneratedRegex("""^Group (\d+), about "([^"]*)":$""", RegexOptions.Multiline)]
    private static partial Regex Group();
}
