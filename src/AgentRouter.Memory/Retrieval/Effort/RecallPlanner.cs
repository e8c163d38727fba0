using System.Globalization;
using AgentRouter.Memory.Retrieval.Aid;

namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>Decides how much effort each part of a recall is worth: from what was wished, what there is, what may be spent, and how sure words alone are.</summary>
/// <remarks>Set by hand: there is no public data on which question is worth which effort with which model. A question of which the first of what was found holds nearly all is
/// never paid for.</remarks>
internal static class RecallPlanner
{
    // nearly all of what was asked stands there
    private const float Sure = 0.8f;

    // more is missing than is there
    private const float Unsure = 0.5f;

    // what is given back and what is not are told apart by less than this share of the best score: the order decides
    private const float Close = 0.05f;

    // several times what fits cannot be told by choosing sentences
    private const double FarTooMuch = 3;

    private static readonly RecallModule[] Modules = Enum.GetValues<RecallModule>();

    /// <summary>Plans what was wished for.</summary>
    /// <param name="wish">The wish, for all parts.</param>
    /// <param name="means">What there is.</param>
    public static RecallPlan Wished(RecallEffort wish, RecallMeans means) => new([.. Modules.Select(module => Reached(module, wish, means.Nearest(module, wish, mayRaise: false), "wished for", means))]);

    /// <summary>Plans by what the question is worth.</summary>
    /// <param name="look">The question.</param>
    /// <param name="sureness">How sure words alone are; <see langword="null"/> where nothing is remembered.</param>
    /// <param name="fill">How many times what was found fills the tokens that are wanted, 0 where any number is.</param>
    /// <param name="means">What there is.</param>
    public static RecallPlan Of(QuestionLook look, RecallSureness? sureness, double fill, RecallMeans means)
    {
        if (sureness is null)
            return new RecallPlan([.. Modules.Select(module => new PlannedModule(module, RecallEffort.Low, "nothing is remembered"))]);
        return new RecallPlan([.. Modules.Select(module => Plan(module, look, sureness, fill, means))]) { Covered = Math.Round(sureness.Covered, 3), Margin = Math.Round(sureness.Margin, 3) };
    }

    private static PlannedModule Plan(RecallModule module, QuestionLook look, RecallSureness sureness, double fill, RecallMeans means)
    {
        (RecallEffort worth, string reason) = module switch
        {
            RecallModule.Entities => Entities(look, sureness),
            RecallModule.Temporal => Temporal(look, sureness),
            RecallModule.Topics => Words(sureness),
            RecallModule.Filter => Filter(look, sureness),
            _ => Summary(fill),
        };
        return Reached(module, worth, means.Nearest(module, worth, mayRaise: true), reason, means);
    }

    private static (RecallEffort, string) Entities(QuestionLook look, RecallSureness sureness) =>
        sureness.Covered >= Sure ? Easy(sureness)
        : look.Things.Count == 0 ? (RecallEffort.Low, "the question names nothing that could be called otherwise")
        : (look.Things.Count > 1 && sureness.Covered < Unsure ? RecallEffort.High : RecallEffort.Medium, $"{Held(sureness)}, and it names {Count(look.Things.Count, "thing")}");

    private static (RecallEffort, string) Temporal(QuestionLook look, RecallSureness sureness) =>
        sureness.HasPeriods ? (RecallEffort.Low, "the days are named")
        : look.Event is null ? (RecallEffort.Low, "no other time is named")
        : (RecallEffort.Medium, "an event stands for the days");

    private static (RecallEffort, string) Words(RecallSureness sureness) =>
        sureness.Covered >= Sure ? Easy(sureness) : (sureness.Covered < Unsure ? RecallEffort.High : RecallEffort.Medium, $"{Held(sureness)}, so it may be said in other words");

    private static (RecallEffort, string) Filter(QuestionLook look, RecallSureness sureness)
    {
        if (sureness.Margin >= Close)
            return (RecallEffort.Low, $"the last that is shown stands out by {Percent(sureness.Margin)}");
        if (sureness.Covered >= Sure && look.Things.Count < 2)
            return Easy(sureness);
        return (sureness.Covered < Unsure ? RecallEffort.High : RecallEffort.Medium, $"the last that is shown and the next differ by {Percent(sureness.Margin)}");
    }

    private static (RecallEffort, string) Summary(double fill) => fill switch
    {
        <= 1 => (RecallEffort.Low, "the evidence fits as it is"),
        <= FarTooMuch => (RecallEffort.Medium, "there is more evidence than fits"),
        _ => (RecallEffort.High, "there is far more evidence than fits"),
    };

    private static (RecallEffort, string) Easy(RecallSureness sureness) => (RecallEffort.Low, Held(sureness));

    private static string Held(RecallSureness sureness) => $"the first that was found holds {Percent(sureness.Covered)} of the question";

    private static PlannedModule Reached(RecallModule module, RecallEffort worth, RecallEffort reached, string reason, RecallMeans means) =>
        new(module, reached, reached >= worth ? reason : $"{reason}; {means.Missing(module, worth)}");

    private static string Percent(float share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
