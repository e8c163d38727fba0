using System.Runtime.CompilerServices;
using AgentRouter.Skills.Use;
using Microsoft.Extensions.AI;

namespace AgentRouter.Skills.Tests.Use;

public sealed class SkillChatClientTests : IDisposable
{
    private readonly UseFolder _skills = UseFolder.OfThree();

    public void Dispose() => _skills.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_model_is_offered_skills_and_opens_one_in_the_loop(bool streamed)
    {
        var model = new OpeningModel();
        IChatClient client = new ChatClientBuilder(model).UseSkills(await _skills.LibraryAsync(), new SkillUseOptions { TopK = 1 }).UseFunctionInvocation().Build();
        var request = new ChatMessage(ChatRole.User, "Repair the failing test.");
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(() => "mine", "mine")] };

        ChatResponse answer = streamed
            ? await client.GetStreamingResponseAsync([new(ChatRole.System, "You work."), request], options).ToChatResponseAsync()
            : await client.GetResponseAsync([new(ChatRole.System, "You work."), request], options);

        answer.Text.ShouldEndWith("Read the assertion.");
        model.Requests[0].ShouldStartWith("Repair the failing test.\n\n<skills>\n");
        model.Requests[0].ShouldContain("- fix-a-failing-test: ");
        model.Tools.ShouldBe(["mine", "skills_open", "skills_read", "skills_search"]);
        request.Text.ShouldBe("Repair the failing test.", "the caller's message stays as it is");
        options.Tools.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_request_without_a_users_text_goes_on_as_it_is()
    {
        var model = new OpeningModel();
        IChatClient client = new ChatClientBuilder(model).UseSkills(await _skills.LibraryAsync()).UseFunctionInvocation().Build();

        await client.GetResponseAsync([new ChatMessage(ChatRole.System, "You work.")]);

        model.Tools.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_function_invocation_below_it_is_refused()
    {
        SkillLibrary library = await _skills.LibraryAsync();

        Should.Throw<InvalidOperationException>(() => new ChatClientBuilder(new OpeningModel()).UseSkills(library).Build())
            .Message.ShouldContain("builder.UseSkills(…).UseFunctionInvocation()");
        Should.Throw<ArgumentOutOfRangeException>(() => new ChatClientBuilder(new OpeningModel()).UseSkills(library, new SkillUseOptions { TopK = 99 }));
    }

    /// <summary>Opens the skill that repairs tests where it can, and answers with the result.</summary>
    private sealed class OpeningModel : IChatClient
    {
        public List<string> Requests { get; } = [];

        public string[] Tools { get; private set; } = [];

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            ChatMessage[] asked = [.. messages];
            Requests.Add(asked.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "");
            Tools = [.. options?.Tools?.Select(tool => tool.Name) ?? []];
            if (Tools.Length == 0)
                return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "nothing")));
            FunctionResultContent? opened = asked.SelectMany(message => message.Contents).OfType<FunctionResultContent>().FirstOrDefault();
            AIContent content = opened is null
                ? new FunctionCallContent("1", "skills_open", new Dictionary<string, object?> { ["name"] = "fix-a-failing-test" })
                : new TextContent(opened.Result!.ToString());
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [content])));
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
                yield return update;
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
