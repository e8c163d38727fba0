using AgentRouter.Budgets;
using AgentRouter.Identity;
using AgentRouter.Memory;
using AgentRouter.Models;
using AgentRouter.Routing;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Reranking;
using AgentRouter.Skills.Sources;
using AgentRouter.Tools;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Health;
using AgentRouter.Tools.Monitors;
using AgentRouter.Workflows.Runs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AgentRouter.Workflows.Engine;

/// <summary>What an engine works with. The engine owns none of it.</summary>
public sealed class WorkflowEngineOptions
{
    /// <summary>Gets or sets the models, for the record of a run.</summary>
    public required ModelSet Models { get; set; }

    /// <summary>Gets or sets the client that every LLM call goes through: a step router over the models.</summary>
    public required IChatClient Router { get; set; }

    /// <summary>Gets or sets the name of the router's policy, for the record of a run. The default is what <see cref="Router"/> says of itself.</summary>
    public string PolicyName { get => field ?? Router?.GetService<StepRoutingChatClient>()?.PolicyName ?? ""; set; }

    /// <summary>Gets or sets the tools that workflows may name.</summary>
    public IReadOnlyList<IToolSource> Tools { get; set; } = [];

    /// <summary>Gets or sets where agents find skills beside the folders of their project: skills of the application, of an MCP server.</summary>
    public IReadOnlyList<ISkillSource> SkillSources { get; set; } = [];

    /// <summary>Gets or sets what finds the embedder of a name, for skills with <c>embeddings</c>; <see langword="null"/> for none of that name: then skills are found by words
    /// alone, and the run says so. It may throw <see cref="Configuration.ConfigurationException"/>, and should give the same one each time. What costs money is best a
    /// <see cref="Routing.Embeddings.MeteredEmbeddingGenerator"/> without a ledger, which spends from the run's.</summary>
    public Func<string, ISkillEmbedder?>? FindEmbedder { get; set; }

    /// <summary>Gets or sets what finds the reranker of a name, for skills with <c>rerank: NAME</c>, over the sources that bodies are read from; <see langword="null"/> for none of that name: then the
    /// order of the search stands, and the run says so. It may throw <see cref="Configuration.ConfigurationException"/>. What is called here costs nothing: a model that is paid is <c>rerank: model</c>.</summary>
    public Func<string, IReadOnlyList<ISkillSource>, ISkillReranker?>? FindReranker { get; set; }

    /// <summary>Gets or sets what agents with <c>memory</c> read and write; <see langword="null"/> for none: such an agent fails then.</summary>
    public GraphMemory? Memory { get; set; }

    /// <summary>Gets or sets the clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets what makes the ids of runs; ids that sort by time when not set.</summary>
    public IIdGenerator? IdGenerator { get; set; }

    /// <summary>Gets or sets where the records of runs are kept. The default keeps none.</summary>
    public IRunStore Store { get; set; } = NullRunStore.Instance;

    /// <summary>Gets or sets what finds the account of a name, for runs that draw from one. Asked when such a run begins and when it goes on, so that
    /// the limit that holds is today's; <see langword="null"/> for no account of that name.</summary>
    public Func<string, SpendingAccount?>? FindAccount { get; set; }

    /// <summary>Gets or sets a value indicating whether the texts of prompts and answers go into telemetry. The default is <see langword="false"/>.</summary>
    public bool RecordContent { get; set; }

    /// <summary>Gets or sets what reaches the person a run belongs to, or <see langword="null"/> when nobody is there.</summary>
    public IPersonChannel? Person { get; set; }

    /// <summary>Gets or sets the health of the tools that workflows reach over a capability graph; shared by all runs of the engine, and by engines that are given the
    /// same one. The default is a registry of the engine's own.</summary>
    public ToolHealthRegistry? ToolHealth { get; set; }

    /// <summary>Gets or sets how failures of such tools are healed. The default is all defaults.</summary>
    public HealingOptions? Healing { get; set; }

    /// <summary>Gets or sets what looks at each call of such tools before it is made. The default is <see cref="ToolMonitor.Defaults"/>.</summary>
    public IReadOnlyList<IToolMonitor>? ToolMonitors { get; set; }

    internal WorkflowEngineOptions With(IReadOnlyList<IToolSource> tools)
    {
        var other = (WorkflowEngineOptions)MemberwiseClone();
        other.Tools = tools;
        other.Person = null;
        other.Memory = null;
        return other;
    }

    /// <summary>Gets or sets what makes loggers, or <see langword="null"/> for none.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }
}
