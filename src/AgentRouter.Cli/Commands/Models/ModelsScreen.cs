using System.Globalization;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Yaml;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Models;

/// <summary>The tiers with their models and prices.</summary>
internal sealed class ModelsScreen(IAnsiConsole console, CliContext context)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the models.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="isConfigured">Whether it is the user's own.</param>
    /// <param name="answers">Who answered, by the models' names; <see langword="null"/> when nobody was asked.</param>
    public void Show(RouterConfiguration configuration, bool isConfigured, IReadOnlyDictionary<string, ModelAnswer>? answers)
    {
        if (isConfigured)
        {
            _screen.Line(new Paragraph("Models", Palette.Strong).Append("  " + Untrusted.Line(context.Shorten(configuration.SourceFile ?? ""), 200), Palette.Muted));
        }
        else
        {
            _screen.Line(new Paragraph("No provider is configured: the models are scripted.", Palette.Warning));
            _screen.Line(new Paragraph($"Put {ConfigurationLoader.FileName} into the project to run live models; docs/providers.md shows how.", Palette.Muted));
        }

        _screen.Gap();
        _screen.Write(Table(configuration, answers));
        _screen.Gap();
        _screen.Line(new Paragraph("  Prices in USD per million tokens; tiers from the least to the most capable.", Palette.Muted));
        if (answers is not null)
            Problems(answers);
        else if (isConfigured)
            Keys(configuration);
    }

    private ColumnTable Table(RouterConfiguration configuration, IReadOnlyDictionary<string, ModelAnswer>? answers)
    {
        var table = new ColumnTable(
            new Column("tier"), new Column("model"), new Column("provider") { LeaveOut = 4 },
            new Column("input") { IsRight = true }, new Column("cached") { IsRight = true, LeaveOut = 3 }, new Column("written") { IsRight = true, LeaveOut = 1 },
            new Column("output") { IsRight = true }, new Column("window") { IsRight = true, LeaveOut = 2 },
            new Column("price from") { IsFlexible = true, LeaveOut = 0 }, new Column("answers") { LeaveOut = 9 });
        foreach (string tier in configuration.Tiers)
        {
            string shown = tier;
            foreach (ModelProfile model in configuration.Models.Where(model => model.Tier == tier))
            {
                table.Row(
                    new Cell(shown, Palette.Strong), Untrusted.Line(model.Name, 40), Untrusted.Line(model.Provider, 20),
                    Price(model.Prices.Input), Price(model.Prices.CachedRead), Price(model.Prices.CacheWrite), Price(model.Prices.Output),
                    Numbers.Count(model.ContextWindow), new Cell(Source(model, configuration), Palette.Muted), Answer(model, answers));
                shown = "";
            }
        }

        return table;
    }

    private Cell Answer(ModelProfile model, IReadOnlyDictionary<string, ModelAnswer>? answers)
    {
        if (answers is null || !answers.TryGetValue(model.Name, out ModelAnswer? answer))
            return "";
        return answer.Answered
            ? new Cell($"{_screen.Glyphs.Done} {Numbers.Duration(answer.Latency)}" + (answer.Cost is { } cost ? $", {Numbers.Money(cost)}" : ""), Palette.Good)
            : new Cell($"{_screen.Glyphs.Failed} no", Palette.Bad);
    }

    private static string Price(decimal usd) => usd.ToString("0.00####", CultureInfo.InvariantCulture);

    private static string Source(ModelProfile model, RouterConfiguration configuration)
    {
        if (configuration.SourceFile is null)
            return "scripted";
        if (model.Prices == ModelPrices.Free)
            return "free";
        if (PriceTable.Shipped.Find(model.ModelId) is { } known && known.Prices == model.Prices)
            return "price table of " + PriceTable.Shipped.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Path.GetFileName(configuration.SourceFile);
    }

    private void Problems(IReadOnlyDictionary<string, ModelAnswer> answers)
    {
        foreach ((string model, ModelAnswer answer) in answers.Where(pair => !pair.Value.Answered))
            _screen.Fact(Untrusted.Line(model, 13), answer.Note ?? "no answer", Palette.Bad);
    }

    private void Keys(RouterConfiguration configuration)
    {
        foreach (ProviderSettings provider in configuration.Providers.Values.Where(provider => provider.ApiKeyVariable is not null))
        {
            bool isSet = context.Secrets.Find(provider.ApiKeyVariable!) is not null;
            _screen.Fact(Untrusted.Line(provider.Name, 13), $"{provider.ApiKeyVariable} {(isSet ? "is set" : "is not set: put it into the environment, or into the user secrets of agentrouter")}", isSet ? Palette.Muted : Palette.Warning);
        }
    }
}
