namespace AgentRouter.Routing.Policies.Bandit;

/// <summary>Ridge regression of a model's score and cost on features that are there or not. Learns and forgets one outcome at a time.</summary>
/// <remarks>Keeps the inverse of the regularised Gram matrix up to date by the formula of J. Sherman and W. J. Morrison, 1950.
/// A feature that was never seen has mean 0 and the prior's variance, so new ones join at any time.</remarks>
internal sealed class RidgeRegression(double ridge)
{
    private double[] _inverse = [], _scores = [], _usd = [];
    private int _size;

    /// <summary>Predicts an outcome.</summary>
    /// <param name="features">The numbers of the features that are there.</param>
    public BanditEstimate Predict(ReadOnlySpan<int> features)
    {
        Grow(features);
        double score = 0, usd = 0, variance = 0;
        foreach (int row in features)
        {
            ReadOnlySpan<double> line = _inverse.AsSpan(row * _size, _size);
            for (int i = 0; i < line.Length; i++)
            {
                score += line[i] * _scores[i];
                usd += line[i] * _usd[i];
            }

            foreach (int column in features)
                variance += line[column];
        }

        return new BanditEstimate(score, usd, Math.Sqrt(Math.Max(0, variance)));
    }

    /// <summary>Learns an outcome.</summary>
    public void Learn(ReadOnlySpan<int> features, double score, double usd) => Change(features, score, usd, 1);

    /// <summary>Forgets an outcome that was learned before.</summary>
    public void Forget(ReadOnlySpan<int> features, double score, double usd) => Change(features, score, usd, -1);

    private void Change(ReadOnlySpan<int> features, double score, double usd, int sign)
    {
        Grow(features);
        var shift = new double[_size];
        foreach (int row in features)
        {
            for (int i = 0; i < _size; i++)
                shift[i] += _inverse[row * _size + i];
        }

        double reach = 0;
        foreach (int feature in features)
        {
            reach += shift[feature];
            _scores[feature] += sign * score;
            _usd[feature] += sign * usd;
        }

        double scale = sign / (1 + sign * reach);
        for (int row = 0; row < _size; row++)
        {
            if (shift[row] == 0)
                continue;
            for (int column = 0; column < _size; column++)
                _inverse[row * _size + column] -= scale * shift[row] * shift[column];
        }
    }

    private void Grow(ReadOnlySpan<int> features)
    {
        int needed = _size;
        foreach (int feature in features)
            needed = Math.Max(needed, feature + 1);
        if (needed == _size)
            return;
        var inverse = new double[needed * needed];
        for (int row = 0; row < needed; row++)
        {
            if (row < _size)
                _inverse.AsSpan(row * _size, _size).CopyTo(inverse.AsSpan(row * needed));
            else
                inverse[row * needed + row] = 1 / ridge;
        }

        _inverse = inverse;
        Array.Resize(ref _scores, needed);
        Array.Resize(ref _usd, needed);
        _size = needed;
    }
}
