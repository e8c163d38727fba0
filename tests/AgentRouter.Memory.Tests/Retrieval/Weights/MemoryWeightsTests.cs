using AgentRouter.Configuration;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Retrieval.Weights;
using AgentRouter.Memory.Tests.Support;

namespace AgentRouter.Memory.Tests.Retrieval.Weights;

public sealed class MemoryWeightsTests : IDisposable
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("agentrouter-weights-").FullName, "weights.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Fact]
    public void What_is_saved_is_read_again_and_people_can_read_it()
    {
        MemoryWeights.Of(new Dictionary<string, double> { ["speaker"] = 1.23456 }, new Dictionary<string, double> { ["words"] = -0.5 }).Save(_file, new { Questions = 40 });

        var weights = MemoryWeights.Load(_file);

        weights.Turns["speaker"].ShouldBe(1.2346, 1e-6);
        weights.Turns["evidence"].ShouldBe(2);
        weights.Passages.ShouldBe(new Dictionary<string, double> { ["walk"] = 1, ["words"] = -0.5, ["named"] = 0, ["meaning"] = 0 });
        File.ReadAllText(_file).ReplaceLineEndings("\n").ShouldStartWith("{\n  \"format\": \"agentrouter.memory-weights/1\",\n  \"card\": {\n    \"questions\": 40\n  },\n  \"turns\": {\n    \"evidence\": 2,");
    }

    [Theory]
    [InlineData("", ":1: the file of weights is not JSON")]
    [InlineData("{}", "its 'format' is not 'agentrouter.memory-weights/1'")]
    [InlineData("""{"format":"agentrouter.memory-weights/2"}""", "another version of AgentRouter wrote it")]
    [InlineData("""{"format":"agentrouter.memory-weights/1","turns":{}}""", "it has no object 'passages'")]
    [InlineData("""{"format":"agentrouter.memory-weights/1","turns":{"speaker":"much"},"passages":{}}""", "the weight 'speaker' is not a number")]
    [InlineData("""{"format":"agentrouter.memory-weights/1","turns":{"speaker":1e9},"passages":{}}""", "the weight 'speaker' is not a number from -1,000,000 to 1,000,000")]
    public void A_file_that_cannot_be_used_says_why(string content, string message)
    {
        File.WriteAllText(_file, content);

        Should.Throw<ConfigurationException>(() => MemoryWeights.Load(_file)).Message.ShouldContain(message);
    }

    [Fact]
    public void A_file_that_is_missing_says_how_it_is_made() =>
        Should.Throw<ConfigurationException>(() => MemoryWeights.Load(_file)).Message.ShouldContain("'agentrouter memory train' makes one.");

    [Fact]
    public async Task Weights_change_what_comes_first()
    {
        var scope = new MemoryScope(MemoryScopeKind.Project, "shop");
        var chat = new MemorySource
        {
            Key = "chat",
            Items = [new MemoryItem { Speaker = "Anna", Text = "We grow tomatoes." }, new MemoryItem { Speaker = "Ben", Text = "Tomatoes, tomatoes and again tomatoes!" }],
        };
        string[] first = [await FirstAsync(MemoryWeights.Default), await FirstAsync(MemoryWeights.Of(new Dictionary<string, double> { ["speaker"] = -5 }, new Dictionary<string, double>()))];

        first.ShouldBe(["Anna", "Ben"]);

        async Task<string> FirstAsync(MemoryWeights weights)
        {
            await using var memory = new GraphMemory(new InMemoryStore()) { Weights = weights };
            await memory.ImportAsync(scope, chat);
            return (await memory.RecallAsync(scope, new MemoryQuestion("What tomatoes does Anna grow?"))).Items[0].Node.Speaker!;
        }
    }
}
