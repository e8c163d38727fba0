using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Policies;
using AgentRouter.Workflows.Validation;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads <c>agentrouter.yaml</c>.</summary>
internal sealed class ConfigurationReader(YamlFile file, PriceTable prices)
{
    private readonly SourceMap _sources = new();

    public RouterConfiguration Read(MapReader map)
    {
        IReadOnlyDictionary<string, ProviderSettings> providers = ProviderReader.Read(map.Map("providers"));
        IReadOnlyList<ModelProfile> models = new ModelReader(file, prices, providers).Read(map.Map("models"));
        IReadOnlyDictionary<string, SpendingAccount> accounts = AccountReader.Read(map.Map("accounts"));
        IReadOnlyDictionary<string, EmbeddingProfile> embeddings = new EmbeddingReader(file, providers).Read(map.Map("embeddings"));
        var configuration = new RouterConfiguration
        {
            SourceFile = file.FullPath,
            Providers = providers,
            Models = models,
            Embeddings = embeddings,
            Rerankers = new RerankerReader(file).Read(map.Map("rerankers")),
            Tiers = Tiers(map, models),
            Runs = RunStoreReader.Read(map),
            Memory = MemoryStoreReader.Read(map, embeddings),
            Accounts = accounts,
            DefaultAccount = DefaultAccount(map, accounts),
            RecordContent = map.Boolean("recordContent") ?? false,
            Workspace = WorkspaceReader.Read(map.Map("workspace")),
            McpServers = McpServerReader.Read(map.Map("mcp")),
        };
        configuration = Defaults(map.Map("defaults"), configuration);
        map.Finish();
        return configuration;
    }

    private IReadOnlyList<string> Tiers(MapReader map, IReadOnlyList<ModelProfile> models)
    {
        if (map.Texts("tiers") is not { } tiers)
            return [.. models.Select(model => model.Tier).Where(tier => tier.Length > 0).Distinct()];
        YamlNode written = map.Find("tiers")!;
        if (tiers.Distinct().Count() < tiers.Count)
            file.Error(written, "A tier is listed twice.");
        MapReader? entries = map.Map("models");
        foreach (ModelProfile model in models.Where(model => model.Tier.Length > 0 && !tiers.Contains(model.Tier)))
        {
            var entry = new MapReader(file, entries!.Find(model.Name)!, $"model '{model.Name}'");
            file.Unknown(entry.Find("tier")!, $"There is no tier '{model.Tier}' in 'tiers'.", model.Tier, tiers);
        }

        return tiers;
    }

    private RouterConfiguration Defaults(MapReader? map, RouterConfiguration configuration)
    {
        if (map is null)
            return configuration;
        Budget? budget = BudgetReader.Read(map.Map("budget"), _sources);
        string? policy = map.Text("policy");
        if (budget is not null)
            BudgetCheck.Limits(file.Diagnostics, _sources, budget, file.At(map.Find("budget")!));
        if (policy is not null && !RoutingPolicies.Names.Contains(policy))
            file.Unknown(map.Find("policy")!, $"There is no routing policy '{policy}'.", policy, RoutingPolicies.Names);
        map.Finish();
        return configuration with { DefaultBudget = budget, DefaultPolicy = policy };
    }

    private string? DefaultAccount(MapReader map, IReadOnlyDictionary<string, SpendingAccount> accounts)
    {
        string? name = map.Text("account");
        if (name is not null && !accounts.ContainsKey(name))
            file.Unknown(map.Find("account")!, $"There is no account '{name}' in 'accounts'.", name, accounts.Keys);
        return name;
    }
}
