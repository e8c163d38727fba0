using AgentRouter.Configuration;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Cli.Hosting.Reranking;
using AgentRouter.Models;
using AgentRouter.Providers;
using AgentRouter.Routing;
using AgentRouter.Routing.Policies;
using AgentRouter.Tools;
using AgentRouter.Tools.Mcp;
using AgentRouter.Tools.Workspace;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Mcp;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Cli.Hosting;

/// <summary>Puts the parts together that run a workflow: models, router, tools, engine. The one place where they meet.</summary>
internal sealed class WorkflowHost : IAsyncDisposable
{
    private readonly ModelSet _models;
    private readonly StepRoutingChatClient _router;
    private readonly RunEmbeddings _embeddings;
    private readonly RunRerankers _rerankers;
    private readonly IReadOnlyList<McpSkillServer> _skills;
    private readonly RunMemory _memory;

    private WorkflowHost(ModelSet models, StepRoutingChatClient router, RunEmbeddings embeddings, RunRerankers rerankers, IReadOnlyList<McpSkillServer> skills, RunMemory memory, WorkflowEngine engine) =>
        (_models, _router, _embeddings, _rerankers, _skills, _memory, Engine) = (models, router, embeddings, rerankers, skills, memory, engine);

    /// <summary>Gets the engine.</summary>
    public WorkflowEngine Engine { get; }

    /// <summary>Puts the parts together. Sends nothing.</summary>
    /// <param name="context">The world.</param>
    /// <param name="project">The workflow and its configuration.</param>
    /// <param name="policy">Who chooses the models.</param>
    /// <param name="store">Where the run is recorded.</param>
    /// <param name="person">Who can be asked, or <see langword="null"/>.</param>
    /// <exception cref="Configuration.ConfigurationException">A key, a setting or a policy is missing or wrong.</exception>
    public static WorkflowHost Create(CliContext context, WorkflowProject project, IRoutingPolicy policy, IRunStore store, IPersonChannel? person)
    {
        IReadOnlyList<IToolSource> tools =
        [
            new WorkspaceToolSource(OptionsFrom(project.Configuration.Workspace)),
            .. project.Configuration.McpServers.Values.Select(server => new McpToolSource(server)),
        ];
        ModelSet models = ModelSetFactory.Create(project.Configuration, context.Secrets, context.TimeProvider);
        try
        {
            var router = new StepRoutingChatClient(models, new StepRoutingOptions
            {
                Policy = policy,
                Tiers = project.Workflow.Router.Tiers,
                RecordContent = project.Configuration.RecordContent,
                TimeProvider = context.TimeProvider,
                Ids = context.Ids,
            }, ownsModels: false);
            var embeddings = new RunEmbeddings(context, project.Configuration);
            var rerankers = new RunRerankers(context, project.Configuration);
            McpSkillServer[] skills = [.. project.Configuration.McpServers.Values.Where(server => server.OffersSkills).Select(server => new McpSkillServer(server, context.TimeProvider))];
            var memory = new RunMemory(context, project, embeddings);
            var engine = new WorkflowEngine(new WorkflowEngineOptions
            {
                Models = models,
                Router = router,
                PolicyName = router.PolicyName,
                Tools = tools,
                SkillSources = skills,
                FindEmbedder = embeddings.Find,
                FindReranker = rerankers.Find,
                Memory = memory.Graph,
                TimeProvider = context.TimeProvider,
                IdGenerator = context.Ids,
                Store = store,
                FindAccount = project.Configuration.Accounts.GetValueOrDefault,
                RecordContent = project.Configuration.RecordContent,
                Person = person,
            });
            return new WorkflowHost(models, router, embeddings, rerankers, skills, memory, engine);
        }
        catch
        {
            models.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _router.Dispose();
        _models.Dispose();
        _embeddings.Dispose();
        _rerankers.Dispose();
        foreach (McpSkillServer server in _skills)
            await server.DisposeAsync();
        await _memory.DisposeAsync();
    }

    private static WorkspaceToolOptions OptionsFrom(WorkspaceSettings settings)
    {
        var options = new WorkspaceToolOptions { TestCommand = settings.TestCommand };
        options.Sandbox.Mode = settings.Sandbox;
        foreach (string folder in settings.ReadOnlyFolders)
            options.Sandbox.ReadOnlyFolders.Add(folder);
        foreach (string host in settings.AllowedHosts)
            options.AllowedHosts.Add(host);
        return options;
    }
}
