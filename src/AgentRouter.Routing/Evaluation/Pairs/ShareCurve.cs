namespace AgentRouter.Routing.Evaluation.Pairs;

/// <summary>The quality of a pair of models as more and more rows go to the strong one, those with the highest routing score first.
/// Rows with equal scores come in random order, of which the mean is taken.</summary>
internal sealed class ShareCurve
{
    private readonly double[] _weak;
    private readonly double[] _strong;
    private readonly int[] _order;
    private readonly int[] _ends;

    /// <summary>Sorts the rows.</summary>
    /// <param name="weak">The weak model's score on each row.</param>
    /// <param name="strong">The strong model's.</param>
    /// <param name="scores">The routing scores: the higher, the sooner the strong model is asked.</param>
    public ShareCurve(double[] weak, double[] strong, double[] scores)
    {
        _weak = weak;
        _strong = strong;
        _order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(row => scores[row])];
        _ends = [.. Enumerable.Range(1, scores.Length).Where(end => end == scores.Length || scores[_order[end]] != scores[_order[end - 1]])];
    }

    /// <summary>Gets the number of rows.</summary>
    public int Rows => _order.Length;

    /// <summary>Computes (area − weak) / (strong − weak), the average performance gap recovered: 0.5 for a random router.
    /// I. Ong et al., RouteLLM, 2024; here over the whole curve.</summary>
    /// <param name="counts">How often each row counts; a draw of the bootstrap.</param>
    /// <returns>The figure; NaN when the two models are equally good.</returns>
    public double Gap(ReadOnlySpan<int> counts)
    {
        double weak = 0, strong = 0;
        int rows = 0;
        for (int row = 0; row < _weak.Length; row++)
        {
            weak += counts[row] * _weak[row];
            strong += counts[row] * _strong[row];
            rows += counts[row];
        }

        double area = 0, gained = 0;
        int start = 0;
        foreach (int end in _ends)
        {
            double gain = 0;
            int count = 0;
            for (int i = start; i < end; i++)
            {
                int row = _order[i];
                gain += counts[row] * (_strong[row] - _weak[row]);
                count += counts[row];
            }

            area += (gained + gain / 2) * count;
            gained += gain;
            start = end;
        }

        return strong == weak ? double.NaN : area / rows / (strong - weak);
    }

    /// <summary>Gets the mean score when a share of the rows goes to the strong model.</summary>
    /// <param name="share">From 0 to 1.</param>
    public double ScoreAt(double share)
    {
        foreach ((double from, double to, double low, double high) in Segments())
        {
            if (share <= to)
                return low + (high - low) * (share - from) / (to - from);
        }

        return _strong.Average();
    }

    /// <summary>Gets the smallest share of strong calls that reaches a mean score.</summary>
    /// <param name="score">The score.</param>
    /// <returns>The share; 1 when no smaller one reaches it.</returns>
    public double ShareFor(double score)
    {
        // sums differ in their last digits
        score -= 1e-12;
        foreach ((double from, double to, double low, double high) in Segments())
        {
            if (low >= score)
                return from;
            if (high >= score)
                return from + (to - from) * (score - low) / (high - low);
        }

        return 1;
    }

    private IEnumerable<(double From, double To, double Low, double High)> Segments()
    {
        double rows = _order.Length, low = _weak.Average();
        int start = 0;
        foreach (int end in _ends)
        {
            double high = low;
            for (int i = start; i < end; i++)
                high += (_strong[_order[i]] - _weak[_order[i]]) / rows;
            yield return (start / rows, end / rows, low, high);
            low = high;
            start = end;
        }
    }
}
