using AgentRouter.Cli.Tests.Support;
using AgentRouter.Memory;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Storage.Sqlite;

namespace AgentRouter.Cli.Tests.Commands.Memory;

/// <summary>A command line with a small memory of two people and a few documents.</summary>
internal static class SampleMemory
{
    private static readonly DateTimeOffset Day = new(2026, 5, 8, 9, 30, 0, TimeSpan.Zero);

    public static async Task<TestCli> MakeAsync(int width = 100, params MemorySource[] more)
    {
        var cli = new TestCli(width);
        await using var store = new SqliteMemoryStore(Path.Combine(cli.Folder, "memory"));
        await using var memory = new GraphMemory(store);
        MemoryScope anna = MemoryScope.Parse("user:anna");
        foreach (MemorySource source in (MemorySource[])[Chat, Kings, .. more])
            await memory.ImportAsync(anna, source);
        await memory.FlushAsync(anna);
        return cli;
    }

    public static MemorySource Chat { get; } = new()
    {
        Key = "chat/2026-05-08",
        Title = "Breakfast",
        Time = Day,
        Items =
        [
            new MemoryItem { Speaker = "Anna", Text = "I saw Doctor Weber yesterday. She says the knee needs rest." },
            new MemoryItem { Speaker = "Ben", Text = "Then no hike to Lake Constance in June?", Time = Day.AddMinutes(1) },
            new MemoryItem { Speaker = "Anna", Text = "No. I sold my bike to Clara, so that I can pay for the physiotherapy.", Time = Day.AddMinutes(2) },
            new MemoryItem { Speaker = "Ben", Text = "Clara rides to Lake Constance every summer.", Time = Day.AddMinutes(3) },
        ],
    };

    public static MemorySource Kings { get; } = new()
    {
        Key = "docs/kings.md",
        Items =
        [
            new MemoryItem { Title = "Teutberga", Text = "Teutberga was a queen of Lotharingia by marriage to Lothair II." },
            new MemoryItem { Title = "Lothair II", Text = "Lothair II was the king of Lotharingia from 855 until his death." },
            new MemoryItem { Title = "Ermengarde of Tours", Text = "Ermengarde of Tours was the mother of Lothair II." },
        ],
    };
}
