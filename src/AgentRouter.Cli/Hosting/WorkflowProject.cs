using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;
using AgentRouter.Providers.Scripted;
using AgentRouter.Routing.Policies.Fixed;
using AgentRouter.Suggestions;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Cli.Hosting;

/// <summary>A workflow with the configuration it runs with.</summary>
internal sealed record WorkflowProject
{
    /// <summary>Gets the workflow.</summary>
    public required WorkflowDefinition Workflow { get; init; }

    /// <summary>Gets the workflow's file.</summary>
    public required string File { get; init; }

    /// <summary>Gets the file of the project's own configuration, or <see langword="null"/> without one.</summary>
    public string? ConfigurationFile { get; init; }

    /// <summary>Gets the configuration: the project's own, or the scripted one.</summary>
    public required RouterConfiguration Configuration { get; init; }

    /// <summary>Gets the script that answers, or <see langword="null"/> when providers do.</summary>
    public string? Script { get; init; }

    /// <summary>Gets what the user should know that does not keep the workflow from running.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];

    /// <summary>Loads a workflow and finds its configuration.</summary>
    /// <param name="context">The world.</param>
    /// <param name="file">The workflow's file as the user wrote it.</param>
    /// <param name="configurationFile">The configuration that was named, or <see langword="null"/>.</param>
    /// <param name="isOffline">Whether the script answers, whatever is configured.</param>
    /// <exception cref="UsageException">A file is not there, or nothing can answer.</exception>
    /// <exception cref="InvalidFileException">A file cannot be used.</exception>
    public static WorkflowProject Load(CliContext context, string file, string? configurationFile, bool isOffline)
    {
        string path = FindFile(context, file);
        LoadResult<RouterConfiguration>? configured = Hosting.ConfigurationFile.Read(context, configurationFile, path);
        RouterConfiguration? configuration = configured?.Definition;
        bool isScripted = isOffline || configuration is not { Models.Count: > 0 };
        LoadResult<WorkflowDefinition> loaded = LoadWorkflow(path, isScripted ? WithoutModels(configuration) : configuration);
        string? script = null;
        if (isScripted)
        {
            script = ScriptOf(loaded.Definition!, file, isOffline);
            configuration = Scripted(script, configuration);
            loaded = LoadWorkflow(path, configuration);
        }

        return new WorkflowProject
        {
            Workflow = loaded.Definition!,
            File = path,
            ConfigurationFile = configured?.Definition?.SourceFile,
            Configuration = configuration!,
            Script = script,
            Warnings = [.. configured?.Diagnostics ?? [], .. loaded.Diagnostics],
        };

        LoadResult<WorkflowDefinition> LoadWorkflow(string workflow, RouterConfiguration? against)
        {
            LoadResult<WorkflowDefinition> result = WorkflowLoader.Load(workflow, new WorkflowLoadOptions { Configuration = against });
            return result.Succeeded ? result : throw new InvalidFileException(context.Shorten(workflow), result.Diagnostics);
        }
    }

    /// <summary>Gets the name of the policy that chooses the models.</summary>
    /// <param name="named">The policy that was named on the command line, or <see langword="null"/>.</param>
    public string PolicyName(string? named) => named ?? Workflow.Router.Policy ?? Configuration.DefaultPolicy ?? FixedPolicy.AlwaysSmall.Name;

    /// <summary>Gets the name of the account that a run draws from, or <see langword="null"/> for none.</summary>
    /// <param name="named">The account that was named on the command line, or <see langword="null"/>.</param>
    /// <exception cref="UsageException">There is no such account.</exception>
    public string? AccountName(string? named) => AccountName(Configuration, named);

    /// <summary>Gets the name of the account that work draws from, or <see langword="null"/> for none.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="named">The account that was named on the command line, or <see langword="null"/>.</param>
    /// <exception cref="UsageException">There is no such account.</exception>
    public static string? AccountName(RouterConfiguration configuration, string? named)
    {
        if ((named ?? configuration.DefaultAccount) is not { } name || configuration.Accounts.ContainsKey(name))
            return named ?? configuration.DefaultAccount;
        string where = configuration.SourceFile ?? ConfigurationLoader.FileName;
        throw new UsageException($"There is no account '{name}' in {where}. {Suggestion.Sentence(name, configuration.Accounts.Keys) ?? $"Add it there: accounts: {{ {name}: {{ usd: 5, per: day }} }}"}");
    }

    /// <summary>Makes the path of a file that must be there.</summary>
    /// <exception cref="UsageException">It is not there; the message says what is near.</exception>
    public static string FindFile(CliContext context, string file)
    {
        string path = context.Resolve(file);
        if (System.IO.File.Exists(path))
            return path;
        if (Directory.Exists(path))
            throw new UsageException($"{file} is a folder. Name a workflow file in it.");
        string? folder = Path.GetDirectoryName(path);
        IEnumerable<string> near = folder is not null && Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.yaml").Take(1_000).Select(other => Path.GetFileName(other)).Order(StringComparer.Ordinal)
            : [];
        throw new UsageException($"There is no file {file}. {Suggestion.Sentence(Path.GetFileName(path), near) ?? "Check the path."}");
    }

    private static string ScriptOf(WorkflowDefinition workflow, string file, bool isOffline) => workflow.Script ?? throw new UsageException(
        (isOffline
            ? $"--offline needs a script, and {file} names none."
            : $"Nothing can answer: no provider is configured, and {file} names no script.")
        + $" Configure a provider in {ConfigurationLoader.FileName} (see docs/providers.md), or add a line 'script: FILE' to the workflow.");

    // its servers and defaults hold all the same
    private static RouterConfiguration? WithoutModels(RouterConfiguration? configuration) => configuration is null ? null : configuration with { Tiers = [], Models = [] };

    // what makes vectors without a network goes on doing so
    private static Dictionary<string, ProviderSettings> OnlyScripted(RouterConfiguration configuration, RouterConfiguration scripted)
    {
        var providers = configuration.Providers.Where(provider => provider.Value.Kind == ScriptedConfiguration.ProviderName).ToDictionary();
        foreach ((string name, ProviderSettings provider) in scripted.Providers)
            providers[name] = provider;
        return providers;
    }

    // the defaults of a project hold for its scripted models too
    private static RouterConfiguration Scripted(string script, RouterConfiguration? configuration)
    {
        RouterConfiguration scripted = ScriptedConfiguration.ForScript(script);
        return configuration is null ? scripted : configuration with { Providers = OnlyScripted(configuration, scripted), Tiers = scripted.Tiers, Models = scripted.Models };
    }
}
