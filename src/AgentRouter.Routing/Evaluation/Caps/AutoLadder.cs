namespace AgentRouter.Routing.Evaluation.Caps;

/// <summary>Makes a ladder of a table's models by a fixed rule: two cheap models, one in the middle and the top one, each of another
/// family, in the order of their prices.</summary>
/// <remarks>A rule and not a search: over many models and a few hundred tasks, the ladder that was best in the past is mostly lucky.</remarks>
internal static class AutoLadder
{
    /// <summary>How many cheap models begin the ladder: where one is wrong, another of a different family is often right.</summary>
    public const int CheapRungs = 2;

    /// <summary>Up to which share of the top model's mean cost a model counts as cheap: several of them fit beside one dear run.</summary>
    public const double CheapShare = 0.1;

    /// <summary>Makes the ladder.</summary>
    /// <param name="train">Outcomes to choose by.</param>
    /// <param name="candidates">The models to choose from.</param>
    /// <returns>One to four models by rising mean cost.</returns>
    public static IReadOnlyList<int> Of(CapTable train, IReadOnlyList<int> candidates)
    {
        Rung[] all = [.. candidates.Select(model => Rung.Of(train, model)).OrderByDescending(rung => rung.Success).ThenBy(rung => rung.Usd)];
        Rung top = all[0];
        var chosen = new List<Rung> { top };
        Rung[] cheap = [.. all.Where(rung => rung.Usd <= CheapShare * top.Usd)];
        for (int i = 0; i < CheapRungs; i++)
            Add(chosen, cheap);
        Add(chosen, all.Where(rung => rung.Usd > CheapShare * top.Usd && rung.Usd < top.Usd));
        return [.. chosen.OrderBy(rung => rung.Usd).Select(rung => rung.Model)];
    }

    /// <summary>Gets the family of a model: the letters its name begins with, behind the vendor's name where there is one.</summary>
    public static string Family(string model)
    {
        ReadOnlySpan<char> name = model.AsSpan(model.LastIndexOf('/') + 1);
        int letters = 0;
        while (letters < name.Length && char.IsLetter(name[letters]))
            letters++;
        return (letters > 0 ? name[..letters] : name).ToString().ToLowerInvariant();
    }

    private static void Add(List<Rung> chosen, IEnumerable<Rung> best)
    {
        if (best.FirstOrDefault(rung => chosen.TrueForAll(other => other.Family != rung.Family)) is { } next)
            chosen.Add(next);
    }

    private sealed record Rung(int Model, string Family, double Success, double Usd)
    {
        public static Rung Of(CapTable train, int model) => new(
            model,
            AutoLadder.Family(train.Models[model]),
            Enumerable.Range(0, train.Rows).Average(row => train.Solved(row, model) ? 1.0 : 0),
            Enumerable.Range(0, train.Rows).Average(row => (double)train.Cost(row, model).ToUsd()));
    }
}
