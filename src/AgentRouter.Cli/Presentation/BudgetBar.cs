using AgentRouter.Budgets;
using AgentRouter.Cli.Terminals;
using AgentRouter.Pricing;
using Spectre.Console;

namespace AgentRouter.Cli.Presentation;

/// <summary>The budget as a bar: spent, held, left.</summary>
internal static class BudgetBar
{
    /// <summary>Draws the bar at the end of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="budget">The budget; without a money limit there is no bar.</param>
    /// <param name="width">The bar's width in characters.</param>
    /// <param name="glyphs">The signs of the terminal.</param>
    /// <returns>The line.</returns>
    public static Paragraph AppendBudgetBar(this Paragraph line, BudgetSnapshot budget, int width, Glyphs glyphs)
    {
        foreach ((string cells, Style style) in Cells(budget, width, glyphs))
            line.Append(cells, style);
        return line;
    }

    /// <summary>Gets the parts of the bar, to draw it elsewhere.</summary>
    public static IEnumerable<(string Cells, Style Style)> Cells(BudgetSnapshot budget, int width, Glyphs glyphs)
    {
        if (budget.LimitUsd is not { Picodollars: > 0 } limit || width < 1)
            return [];
        int spent = Count(budget.Spent.Usd, limit, width);
        int held = Math.Min(width - spent, Count(budget.Reserved.Usd, limit, width));
        decimal share = budget.Spent.Usd.Picodollars / (decimal)limit.Picodollars;
        return
        [
            (new string(glyphs.Full, spent), share > 0.9m ? Palette.Bad : share > 0.7m ? Palette.Warning : Palette.Good),
            (new string(glyphs.Held, held), Palette.Warning),
            (new string(glyphs.Empty, width - spent - held), Palette.Muted),
        ];
    }

    // whatever is above zero is seen
    private static int Count(Money part, Money whole, int width)
    {
        if (part.Picodollars <= 0)
            return 0;
        decimal cells = part.Picodollars / (decimal)whole.Picodollars * width;
        return (int)Math.Clamp(Math.Round(cells, MidpointRounding.AwayFromZero), 1, width);
    }
}
