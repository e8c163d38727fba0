using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Providers.OpenAI;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Tests.OpenAI;

public sealed class OpenAIDialectTests
{
    [Theory]
    [InlineData("https://api.openai.com/v1", true)]
    [InlineData("https://eu.api.openai.com/v1", true)]
    [InlineData("https://name.openai.azure.com/openai/v1", true)]
    [InlineData("https://openrouter.ai/api/v1", false)]
    [InlineData("https://api.openai.com.example.org/v1", false)]
    [InlineData("http://127.0.0.1:8000/v1", false)]
    public void Only_openai_and_azure_get_the_newer_name_of_the_limit(string url, bool newer)
    {
        var options = new ChatOptions { MaxOutputTokens = 10 };

        new OpenAIDialect(new Uri(url)).Prepare(options, new ModelProfile { Name = "m", Tier = "t", Prices = ModelPrices.Free });

        options.MaxOutputTokens.ShouldBe(newer ? 10 : null);
        (options.RawRepresentationFactory is null).ShouldBe(newer);
    }
}
