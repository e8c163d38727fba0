using System.ComponentModel;
using AgentRouter.Budgets;
using AgentRouter.Models;
using AgentRouter.Providers.Scripted;
using AgentRouter.Routing;
using AgentRouter.Routing.Policies.Rules;
using AgentRouter.Routing.Tasks;
using AgentRouter.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace AgentRouter.SemanticKernel.Tests;

/// <summary>The ways in which an application asks a kernel.</summary>
public enum Way
{
    /// <summary>A prompt function; it takes the chat completion service.</summary>
    Prompt,

    /// <summary>A prompt function of a kernel that has only the chat client.</summary>
    PromptOnChatClient,

    /// <summary>The chat completion service itself.</summary>
    ChatCompletion,

    /// <summary>The chat client itself.</summary>
    ChatClient,
}

/// <summary>A kernel with a plugin and two scripted models; tool results make the router take the large one.</summary>
internal sealed class KernelFixture : IDisposable
{
    public KernelFixture(Script script, Way path = Way.Prompt, Action<StepRoutingOptions>? configure = null, Action<IKernelBuilder>? build = null)
    {
        Models = TestModels.From(script);
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.AddAgentRouter(Models, options =>
        {
            options.UseRules(RoutingRule.Parse("toolResults > 0", "large"), RoutingRule.Otherwise("small"));
            configure?.Invoke(options);
        });
        if (path == Way.PromptOnChatClient)
        {
            foreach (ServiceDescriptor service in builder.Services.Where(service => service.ServiceType == typeof(IChatCompletionService)).ToArray())
                builder.Services.Remove(service);
        }

        builder.Plugins.AddFromType<MathPlugin>("math");
        build?.Invoke(builder);
        Kernel = builder.Build();
    }

    public ModelSet Models { get; }

    public Kernel Kernel { get; }

    public EventRecorder Events { get; } = new();

    public PromptExecutionSettings Auto { get; } = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    public TaskScope BeginTask(Budget? budget = null) => Kernel.BeginTask(budget ?? new Budget { Usd = 1, OnExceeded = OnExceeded.Stop }, Events);

    public async Task<string> AskAsync(string prompt, Way path, bool streaming, PromptExecutionSettings? settings = null)
    {
        if (path is Way.Prompt or Way.PromptOnChatClient)
        {
            if (!streaming)
                return (await Kernel.InvokePromptAsync(prompt, new(settings))).ToString();
            return string.Concat(await Kernel.InvokePromptStreamingAsync(prompt, new(settings)).ToListAsync());
        }

        if (path == Way.ChatCompletion)
        {
            var service = Kernel.GetRequiredService<IChatCompletionService>();
            var history = new ChatHistory(prompt, AuthorRole.User);
            if (!streaming)
                return (await service.GetChatMessageContentAsync(history, settings, Kernel)).Content!;
            return string.Concat(await service.GetStreamingChatMessageContentsAsync(history, settings, Kernel).ToListAsync());
        }

        var client = Kernel.GetRequiredService<IChatClient>();
        ChatOptions? options = settings is null ? null : new() { ModelId = settings.ModelId, Tools = [.. Kernel.Plugins.SelectMany(plugin => plugin).Select(function => function.WithKernel(Kernel))] };
        return streaming
            ? (await client.GetStreamingResponseAsync(prompt, options).ToChatResponseAsync()).Text
            : (await client.GetResponseAsync(prompt, options)).Text;
    }

    public void Dispose()
    {
        (Kernel.Services as IDisposable)?.Dispose();
        Models.Dispose();
    }

    internal sealed class MathPlugin
    {
        [KernelFunction("add"), Description("Adds two numbers.")]
        public double Add(double a, double b) => a + b;

        [KernelFunction("divide"), Description("Divides two whole numbers.")]
        public int Divide(int a, int b) => b == 0 ? throw new ArgumentException("b is 0") : a / b;
    }
}
