namespace AgentRouter.Pricing;

/// <summary>What a model's tokens cost. Each price is exact: picodollars a token, which is micro-dollars per million tokens.</summary>
/// <remarks>Written in YAML and shown to people in USD per million tokens, as providers publish them.</remarks>
public sealed record ModelPrices
{
    private readonly long _input, _cachedRead, _cacheWrite, _output;

    /// <summary>Makes prices from USD per million tokens.</summary>
    /// <param name="input">Fresh prompt tokens.</param>
    /// <param name="output">Produced tokens.</param>
    /// <param name="cachedRead">Prompt tokens read from the cache; the input price when not given.</param>
    /// <param name="cacheWrite">Prompt tokens written to the cache; the input price when not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A price is negative, above 1,000,000 USD, or has more than six decimals.</exception>
    public ModelPrices(decimal input, decimal output, decimal? cachedRead = null, decimal? cacheWrite = null)
    {
        _input = PerToken(input, nameof(input));
        _output = PerToken(output, nameof(output));
        _cachedRead = PerToken(cachedRead ?? input, nameof(cachedRead));
        _cacheWrite = PerToken(cacheWrite ?? input, nameof(cacheWrite));
    }

    /// <summary>Gets the prices of a model that costs nothing, such as one that runs on the user's own machine.</summary>
    public static ModelPrices Free { get; } = new(0, 0);

    /// <summary>Gets the price of a fresh prompt token in USD per million.</summary>
    public decimal Input => _input / 1_000_000m;

    /// <summary>Gets the price of a prompt token read from the cache in USD per million.</summary>
    public decimal CachedRead => _cachedRead / 1_000_000m;

    /// <summary>Gets the price of a prompt token written to the cache in USD per million.</summary>
    public decimal CacheWrite => _cacheWrite / 1_000_000m;

    /// <summary>Gets the price of a produced token in USD per million.</summary>
    public decimal Output => _output / 1_000_000m;

    /// <summary>Computes what a usage costs, exactly.</summary>
    /// <param name="usage">Tokens in four buckets.</param>
    /// <exception cref="OverflowException">The cost is above the range of <see cref="Money"/>.</exception>
    public Money CostOf(TokenUsage usage) => Money.FromPicodollars(checked(
        usage.Input * _input + usage.CachedRead * _cachedRead + usage.CacheWrite * _cacheWrite + usage.Output * _output));

    /// <summary>Computes the most that a call can cost: every prompt token at the dearest prompt price, and all of the output.</summary>
    /// <param name="promptTokens">An upper bound of the prompt, in tokens.</param>
    /// <param name="outputTokens">The output limit that is sent, in tokens.</param>
    /// <exception cref="OverflowException">The cost is above the range of <see cref="Money"/>.</exception>
    public Money WorstCost(long promptTokens, long outputTokens) => Money.FromPicodollars(checked(
        promptTokens * WorstPrompt + outputTokens * _output));

    /// <summary>Computes how many output tokens an amount pays for, once the prompt is paid at its dearest.</summary>
    /// <param name="available">The amount.</param>
    /// <param name="promptTokens">An upper bound of the prompt, in tokens.</param>
    /// <returns>The tokens; <see cref="long.MaxValue"/> when output is free; negative when not even the prompt is paid for.</returns>
    public long AffordableOutput(Money available, long promptTokens)
    {
        long prompt = checked(promptTokens * WorstPrompt);
        if (prompt > available.Picodollars)
            return -1;
        return _output == 0 ? long.MaxValue : (available.Picodollars - prompt) / _output;
    }

    private long WorstPrompt => Math.Max(Math.Max(_input, _cacheWrite), _cachedRead);

    private static long PerToken(decimal usdPerMillion, string name)
    {
        if (usdPerMillion is < 0 or > 1_000_000)
            throw new ArgumentOutOfRangeException(name, usdPerMillion, "A price is between 0 and 1,000,000 USD per million tokens.");
        decimal scaled = usdPerMillion * 1_000_000m;
        if (scaled != decimal.Truncate(scaled))
            throw new ArgumentOutOfRangeException(name, usdPerMillion, "A price per million tokens has at most six decimals.");
        return (long)scaled;
    }
}
