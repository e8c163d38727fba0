using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using AgentRouter.Configuration;

namespace AgentRouter.Pricing;

/// <summary>List prices and limits of well-known models, dated. Prices change without notice: check them, and override them with <see cref="Load"/>.</summary>
/// <remarks>Immutable.</remarks>
public sealed partial class PriceTable
{
    private static readonly Lazy<PriceTable> LazyShipped = new(ReadShipped);

    private readonly Dictionary<string, PriceTableEntry> _entries;

    internal PriceTable(DateOnly asOf, IReadOnlyDictionary<string, string> sources, Dictionary<string, PriceTableEntry> entries)
    {
        AsOf = asOf;
        Sources = sources;
        _entries = entries;
    }

    /// <summary>Gets the table that is shipped with this version.</summary>
    public static PriceTable Shipped => LazyShipped.Value;

    /// <summary>Gets the day on which the shipped prices were written down.</summary>
    public DateOnly AsOf { get; }

    /// <summary>Gets, for each vendor, where its prices are published and what to know about them.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; }

    /// <summary>Gets all entries.</summary>
    public IReadOnlyCollection<PriceTableEntry> Entries => _entries.Values;

    /// <summary>Reads a user's price file and lays it over the shipped table.</summary>
    /// <param name="path">A YAML file with <c>models: { ID: { input: 1.25, output: 10 } }</c>; prices in USD per million tokens.
    /// A value that an entry does not name is taken from the shipped entry of the same id.</param>
    /// <exception cref="ConfigurationException">The file cannot be read or something in it is wrong; names file, line and column.</exception>
    public static PriceTable Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return PriceTableReader.Read(Yaml.YamlReader.ReadText(path), path, Shipped);
    }

    /// <summary>Finds a model by its id, or by its id without a date at the end: <c>gpt-5-mini-2025-08-07</c> is <c>gpt-5-mini</c>.</summary>
    /// <param name="modelId">The model's id at its provider.</param>
    /// <returns>The entry, or <see langword="null"/> when the table does not have it.</returns>
    public PriceTableEntry? Find(string? modelId)
    {
        if (string.IsNullOrEmpty(modelId))
            return null;
        if (_entries.TryGetValue(modelId, out PriceTableEntry? entry))
            return entry;
        Match dated = DateAtEnd().Match(modelId);
        return dated.Success && IsDate(dated.Groups[1].ValueSpan) ? _entries.GetValueOrDefault(modelId[..dated.Index]) : null;
    }

    private static bool IsDate(ReadOnlySpan<char> text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        || DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static PriceTable ReadShipped()
    {
        const string name = "AgentRouter.Pricing.prices.yaml";
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return PriceTableReader.Read(reader.ReadToEnd(), "prices.yaml (shipped)", shipped: null);
    }

    [GeneratedRegex(@"-(\d{4}-\d{2}-\d{2}|\d{8})$", RegexOptions.CultureInvariant)]
    private static partial Regex DateAtEnd();
}
