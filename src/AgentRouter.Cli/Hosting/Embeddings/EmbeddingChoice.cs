using System.CommandLine;
using System.Globalization;
using AgentRouter.Budgets;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Terminals;
using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Suggestions;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Cli.Hosting.Embeddings;

/// <summary>Which embeddings a command works with, and what they may cost: its options, with what the configuration says.</summary>
internal sealed class EmbeddingChoice
{
    private const decimal MostUsd = 1_000_000;

    private readonly CliContext _context;

    private readonly EmbeddingTask? _task;

    private EmbeddingChoice(CliContext context, RouterConfiguration configuration, EmbeddingProfile? named, Money? budget, EmbeddingTask? task = null) =>
        (_context, Configuration, Named, Budget, _task) = (context, configuration, named, budget, task);

    /// <summary>Gets the configuration; an empty one where there is none.</summary>
    public RouterConfiguration Configuration { get; }

    /// <summary>Gets the embeddings that were named, or <see langword="null"/>.</summary>
    public EmbeddingProfile? Named { get; }

    /// <summary>Gets the most that may be spent, or <see langword="null"/> where nothing may.</summary>
    public Money? Budget { get; }

    /// <summary>Gets the budget of a task that may spend that and no more; where nothing may be spent, of one that asks nobody who costs money.</summary>
    public Budget TaskBudget => Budget is { } most ? new Budget { Usd = most.ToUsd(), OnExceeded = OnExceeded.Stop } : Budgets.Budget.Unlimited;

    /// <summary>Gets a value indicating whether vectors may cost money: those that were named, or those that an index has.</summary>
    public bool MayCost => Named?.IsPaid ?? Configuration.Embeddings.Values.Any(profile => profile.IsPaid);

    /// <summary>Gets what the task has spent so far that it is paid from.</summary>
    public Money Spent => _task?.Spent ?? Money.Zero;

    /// <summary>Gets the same with the embeddings of the configured memory where none were named.</summary>
    public EmbeddingChoice ForMemory() => Named is null && Configuration.Memory.Embeddings is { } name
        ? new EmbeddingChoice(_context, Configuration, Configuration.Embeddings[name].WithRevision(), Budget)
        : this;

    /// <summary>Gets the same for a question: what was not named is left out where it costs money and none may be spent, and the user is told.</summary>
    public EmbeddingChoice ForQuestion()
    {
        EmbeddingChoice choice = ForMemory();
        if (Named is not null || choice.Named is not { IsPaid: true } paid || Budget is not null)
            return choice;
        Notes.Show(_context, $"Found without vectors: one of '{paid.Name}' costs money. --budget USD says how much it may cost.");
        return this;
    }

    /// <summary>Gets the same for work that is paid from a task.</summary>
    public EmbeddingChoice PaidBy(EmbeddingTask task) => new(_context, Configuration, Named, Budget, task);

    /// <summary>Finds the embeddings that made the vectors of an index.</summary>
    /// <param name="vectorName">What is kept beside the vectors.</param>
    public EmbeddingProfile? Of(string vectorName) => Configuration.Embeddings.Values.Select(profile => profile.WithRevision()).FirstOrDefault(profile => profile.VectorName == vectorName);

    /// <summary>Opens embeddings. Sends nothing.</summary>
    public OpenEmbeddings Open(EmbeddingProfile profile) => OpenEmbeddings.Open(_context, Configuration, profile, _task);

    /// <summary>Says what embedding costs, and checks that the budget allows it: what is not paid for to its end is paid for nothing.</summary>
    /// <exception cref="UsageException">It costs money and there is no budget, or too little.</exception>
    public void Check(EmbeddingProfile profile, EmbeddingEstimate estimate)
    {
        if (estimate.Texts == 0)
            return;
        if (Refusal(profile, estimate) is { } refusal)
            throw new UsageException(refusal);
        Notes.Show(_context, What(profile, estimate));
    }

    /// <summary>Says why the budget does not allow it; <see langword="null"/> where it does.</summary>
    public string? Refusal(EmbeddingProfile profile, EmbeddingEstimate estimate)
    {
        if (!profile.IsPaid || (Budget is { } most && most - Spent >= estimate.Worst))
            return null;
        string what = What(profile, estimate);
        string enough = Numbers.Limit(RoundedUp(Spent + estimate.Worst))[1..];
        if (Budget is not { } budget)
            return $"{what} Say how much may be spent: --budget {enough}.";
        return Spent > Money.Zero
            ? $"{what} With the {Numbers.Money(Spent)} that are spent that may be more than --budget {Numbers.Limit(budget)[1..]}, so no more is sent. Say --budget {enough}."
            : $"{what} That may be more than --budget {Numbers.Limit(budget)[1..]}, so nothing is sent. Say --budget {enough}.";
    }

    /// <summary>Writes the options of a command that chooses the same, for a shell.</summary>
    public IEnumerable<string> Words() =>
    [
        .. Named is { } named ? ["--embeddings", ShellText.Quote(named.Name)] : Array.Empty<string>(),
        .. Budget is { } budget ? ["--budget", budget.ToUsd().ToString("0.############", CultureInfo.InvariantCulture)] : Array.Empty<string>(),
    ];

    private static string What(EmbeddingProfile profile, EmbeddingEstimate estimate)
    {
        string cost = profile.IsPaid ? $": about {Numbers.Money(estimate.Likely)}, at most {Numbers.Money(estimate.Worst)}" : "";
        return $"{Numbers.Of(estimate.Texts, "text")} of about {Numbers.Of(estimate.LikelyTokens, "token")} to embed with '{profile.Name}'{cost}.";
    }

    /// <summary>The options of a command.</summary>
    internal sealed class Options
    {
        private readonly Option<string?> _name = new("--embeddings") { HelpName = "NAME", Description = $"What makes the vectors: one of 'embeddings' in {ConfigurationLoader.FileName}." };
        private readonly Option<decimal?> _budget;
        private readonly Option<string?> _configuration = SharedOptions.Configuration();

        /// <summary>Makes the options and adds them to a command.</summary>
        /// <param name="command">The command.</param>
        /// <param name="isRequired">Whether embeddings must be named.</param>
        /// <param name="what">What the budget is for.</param>
        public Options(CliCommand command, bool isRequired = false, string what = "embedding")
        {
            _budget = new("--budget") { HelpName = "USD", Description = $"The most that {what} may cost. Without it nothing is spent." };
            _name.Required = isRequired;
            _budget.Require(usd => usd is not (<= 0 or > MostUsd), "--budget takes an amount in US dollars above 0.");
            command.Add(_name);
            command.Add(_budget);
            command.Add(_configuration);
        }

        /// <summary>Tells whether one of the options was given that say what embeds and for how much.</summary>
        public bool IsAny(ParseResult result) => result.GetValue(_name) is not null || result.GetValue(_budget) is not null;

        /// <summary>Reads the options.</summary>
        /// <exception cref="UsageException">There are no embeddings of that name.</exception>
        /// <exception cref="InvalidFileException">The configuration cannot be used.</exception>
        public EmbeddingChoice Read(CliContext context, ParseResult result)
        {
            RouterConfiguration? configuration = ConfigurationFile.Read(context, result.GetValue(_configuration), context.CurrentFolder)?.Definition;
            string? name = result.GetValue(_name);
            return new EmbeddingChoice(
                context, configuration ?? new RouterConfiguration(), name is null ? null : Find(context, configuration, name).WithRevision(), result.GetValue(_budget) is { } usd ? Money.FromUsd(usd) : null);
        }

        private static EmbeddingProfile Find(CliContext context, RouterConfiguration? configuration, string name)
        {
            if (configuration is null)
                throw new UsageException($"There is no {ConfigurationLoader.FileName} here to say what '{name}' is. Make one with embeddings: {{ {name}: {{ onnx: FOLDER }} }}, or name one with --config.");
            return configuration.Embeddings.GetValueOrDefault(name) ?? throw new UsageException(
                $"There are no embeddings '{name}' in {context.Shorten(configuration.SourceFile!)}. {Suggestion.Sentence(name, configuration.Embeddings.Keys) ?? $"Add them there: embeddings: {{ {name}: {{ onnx: FOLDER }} }}"}");
        }
    }

    private static Money RoundedUp(Money amount) => Money.FromUsd(Math.Ceiling(amount.ToUsd() * 10_000) / 10_000);
}
