using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;
using NJsonSchema;

namespace AgentRouter.Workflows.Tests.Yaml;

public sealed class OutcomeSchemaTests
{
    [Fact]
    public async Task What_is_written_fits_the_schema()
    {
        string line = OutcomeTableWriter.Line(new OutcomeRow
        {
            Id = "a",
            Group = "g",
            Task = "t",
            Step = 2,
            Prompt = "Why?",
            Models = new Dictionary<string, ModelOutcome>
            {
                ["m"] = new() { Score = 0.5, Cost = Money.FromUsd(0.01m), Calls = 1, InputTokens = 2, OutputTokens = 3, Latency = TimeSpan.FromSeconds(1), UsdPerMillionTokens = 0.9m },
            },
        });

        (await Problems(line)).ShouldBeEmpty();
        (await Problems("""{"id":"a","prompt":null,"extra":1,"models":{"m":{"score":1,"other":true},"n":null}}""")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"models":{"m":{"score":1}}}""")]
    [InlineData("""{"id":"a","models":{}}""")]
    [InlineData("""{"id":"a","models":{"m":{"score":1.5}}}""")]
    [InlineData("""{"id":"a","models":{"m":{"costUsd":1}}}""")]
    public async Task What_the_reader_refuses_does_not_fit(string line) =>
        (await Problems(line)).ShouldNotBeEmpty();

    private static async Task<IEnumerable<string>> Problems(string line)
    {
        JsonSchema schema = await JsonSchema.FromFileAsync(Path.Join(RepositoryFiles.Root, "docs/schemas/outcome.schema.json"));
        return schema.Validate(line).Select(problem => problem.ToString());
    }
}
