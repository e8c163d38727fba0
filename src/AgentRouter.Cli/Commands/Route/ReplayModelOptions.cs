using System.CommandLine;
using System.Globalization;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Evaluation.Switching;
using AgentRouter.Suggestions;

namespace AgentRouter.Cli.Commands.Route;

/// <summary>The options that say which models a replay is priced with.</summary>
/// <param name="withCaches">Whether the replay decides what is cached; otherwise it takes what was recorded.</param>
internal sealed class ReplayModelOptions(bool withCaches)
{
    private const double MaxSeconds = 7 * 24 * 3600;
    private const int DefaultTimeToLive = 300;
    private const int DefaultGap = 10;
    private const string PriceHelp = "in,out,cacheRead,cacheWrite in USD per million tokens, instead of the table's; the last two are the input price when left out.";

    private readonly Option<string> _weak = new("--weak") { HelpName = "MODEL", Description = "The cheap model: a name in the price table, or any name with --weak-price.", Required = true };
    private readonly Option<string> _strong = new("--strong") { HelpName = "MODEL", Description = "The dear model.", Required = true };
    private readonly Option<string?> _weakPrice = new("--weak-price") { HelpName = "USD", Description = PriceHelp };
    private readonly Option<string?> _strongPrice = new("--strong-price") { HelpName = "USD", Description = "The same for the dear model." };
    private readonly Option<string?> _prices = new("--prices") { HelpName = "FILE", Description = "Your price file, laid over the shipped table." };
    private readonly Option<double?> _timeToLive = new("--ttl") { HelpName = "SECONDS", Description = $"How long providers keep a prefix after its last use; by default what the table says, else {DefaultTimeToLive}." };
    private readonly Option<int?> _minimum = new("--cache-minimum") { HelpName = "TOKENS", Description = "The shortest prefix that providers cache; by default what the table says." };
    private readonly Option<double> _gap = new("--gap") { HelpName = "SECONDS", Description = $"The time from call to call where a run does not record it; the default is {DefaultGap}.", DefaultValueFactory = _ => DefaultGap };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(CliCommand command)
    {
        Option[] options = [_weak, _strong, _weakPrice, _strongPrice, _prices, .. withCaches ? [_timeToLive, _minimum, _gap] : Array.Empty<Option>()];
        foreach (Option option in options)
            command.Add(option);
    }

    /// <summary>Finds the models and their prices.</summary>
    /// <exception cref="UsageException">A model has no price, or an option is out of range.</exception>
    public SwitchPair Read(CliContext context, ParseResult result)
    {
        PriceTable table = result.GetValue(_prices) is { } file ? PriceTable.Load(context.Resolve(file)) : PriceTable.Shipped;
        ModelProfile weak = Model("--weak", result.GetRequiredValue(_weak), result.GetValue(_weakPrice));
        ModelProfile strong = Model("--strong", result.GetRequiredValue(_strong), result.GetValue(_strongPrice));
        if (weak.Name == strong.Name)
            throw new UsageException($"--weak and --strong are both '{weak.Name}'; a change needs two models.");
        return new SwitchPair(weak, strong, withCaches ? Seconds("--gap", result.GetValue(_gap)) : TimeSpan.Zero);

        ModelProfile Model(string option, string name, string? price)
        {
            PriceTableEntry? entry = table.Find(name);
            if (entry is null && price is null)
                throw new UsageException($"The price table has no model '{name}'. {Suggestion.Sentence(name, [.. table.Entries.Select(known => known.ModelId)])} Or name its prices with {option}-price.");
            int? minimum = withCaches ? result.GetValue(_minimum) : null;
            return new ModelProfile
            {
                Name = name,
                Tier = option[2..],
                Prices = price is null ? entry!.Prices : Prices(option + "-price", price),
                CacheTimeToLive = withCaches && result.GetValue(_timeToLive) is { } seconds
                    ? Seconds("--ttl", seconds)
                    : entry is null ? TimeSpan.FromSeconds(DefaultTimeToLive) : entry.CacheTimeToLive ?? TimeSpan.Zero,
                CacheMinimumTokens = minimum is null or >= 0 ? minimum ?? entry?.CacheMinimumTokens ?? 0 : throw new UsageException($"--cache-minimum is a number of tokens from 0, not {minimum}."),
            };
        }
    }

    private static TimeSpan Seconds(string option, double seconds) => seconds is >= 0 and <= MaxSeconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{option} is a number of seconds from 0 to {MaxSeconds:0}, not {seconds}."));

    private static ModelPrices Prices(string option, string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        var prices = new decimal[parts.Length];
        bool valid = parts.Length is >= 2 and <= 4;
        for (int i = 0; i < parts.Length && valid; i++)
            valid = decimal.TryParse(parts[i], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out prices[i]);
        try
        {
            return valid
                ? new ModelPrices(prices[0], prices[1], prices.Length > 2 ? prices[2] : null, prices.Length > 3 ? prices[3] : null)
                : throw new UsageException($"{option} is two to four prices such as 5,25,0.5,6.25, not '{text}'.");
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new UsageException($"{option} does not fit: {error.Message}");
        }
    }
}
