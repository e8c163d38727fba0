using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Tests.Support;

namespace AgentRouter.Memory.Tests.Retrieval;

public sealed class QuestionIntentTests
{
    private static readonly MemoryScope Scope = new(MemoryScopeKind.User, "anna");

    [Theory]
    [InlineData("What is that?", MemoryIntent.Plain)]
    [InlineData("What is the bus to the station?", MemoryIntent.Plain)]
    [InlineData("When was the storm?", MemoryIntent.Temporal)]
    [InlineData("What happened in May 2023?", MemoryIntent.Temporal)]
    [InlineData("Why did Ben sell the boat?", MemoryIntent.Causal | MemoryIntent.Entity)]
    [InlineData("What inspired the garden?", MemoryIntent.Causal)]
    [InlineData("Which books has Anna read?", MemoryIntent.MultiHop | MemoryIntent.Entity)]
    [InlineData("How many boats are there?", MemoryIntent.MultiHop)]
    [InlineData("What does she like?", MemoryIntent.Plain)]
    [InlineData("Who knows the way to Lake Constance?", MemoryIntent.Entity)]
    public async Task What_a_question_is_after_is_read(string question, MemoryIntent intent)
    {
        await using GraphMemory memory = await TalkAsync();

        (await memory.RecallAsync(Scope, new MemoryQuestion(question))).Intent.ShouldBe(intent);
    }

    [Theory]
    [InlineData("What about the boat?", "The boat was fast.")]
    [InlineData("Why not the boat?", "Because the boat leaked.")]
    public async Task Where_a_reason_is_asked_for_one_that_gives_it_comes_first(string question, string first)
    {
        await using var memory = new GraphMemory(new InMemoryStore());
        await memory.ImportAsync(Scope, new MemorySource
        {
            Key = "chat",
            Items = [new MemoryItem { Speaker = "Ben", Text = "The boat was fast." }, new MemoryItem { Speaker = "Ben", Text = "Because the boat leaked." }],
        });

        (await memory.RecallAsync(Scope, new MemoryQuestion(question))).Items[0].Node.Text.ShouldBe(first);
    }

    private static async Task<GraphMemory> TalkAsync()
    {
        var memory = new GraphMemory(new InMemoryStore());
        await memory.ImportAsync(Scope, new MemorySource
        {
            Key = "chat",
            Time = new DateTimeOffset(2023, 5, 8, 9, 0, 0, TimeSpan.Zero),
            Items =
            [
                new MemoryItem { Speaker = "Ben", Text = "I sold the boat last week." },
                new MemoryItem { Speaker = "Ben", Text = "Because the boat leaked." },
                new MemoryItem { Speaker = "Anna", Text = "Shall we walk around Lake Constance then?" },
            ],
        });
        return memory;
    }
}
