using System.Collections.Frozen;
using System.Globalization;
using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Tools.Monitors;

/// <summary>Asks before calls that can do damage: by what the graph says, by the amount, and by destructive words in a tool's name.</summary>
public sealed class RiskMonitor : IToolMonitor
{
    private const double High = 0.95;
    private const double Destructive = 0.92;
    private const double Medium = 0.5;

    private readonly decimal _maxAmount;
    private readonly FrozenSet<string> _words;

    /// <summary>Makes the monitor.</summary>
    /// <param name="options">What is risky.</param>
    public RiskMonitor(RiskMonitorOptions? options = null)
    {
        options = (options ?? new RiskMonitorOptions()).Validate();
        _maxAmount = options.MaxAmount;
        _words = options.DestructiveWords.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public string Name => "risk";

    /// <inheritdoc/>
    public ValueTask<MonitorSignal> ObserveAsync(MonitorContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        CapabilityTool tool = context.Tool;
        if (context.Amount is { } amount && Math.Abs(amount) > _maxAmount)
            return new(new MonitorSignal(High, MonitorAction.Ask, string.Create(CultureInfo.InvariantCulture, $"The amount is {amount:N2}, above {_maxAmount:N2}.")));
        if (tool.Effect == ToolEffect.None)
            return new(MonitorSignal.Quiet);
        return new(tool.Risk switch
        {
            ToolRisk.High => new MonitorSignal(High, MonitorAction.Ask, "The graph says that its risk is high."),
            ToolRisk.Medium => new MonitorSignal(Medium, MonitorAction.None, "The graph says that its risk is medium."),
            _ when Word(tool.Tool) is { } word => new MonitorSignal(Destructive, MonitorAction.Ask, $"Its name says '{word}', and the graph says nothing of its risk."),
            _ => MonitorSignal.Quiet,
        });
    }

    // whole words: deleteUser, delete-user and user.delete have it, undelete and deleted do not
    private string? Word(string name)
    {
        int start = 0;
        for (int i = 1; i <= name.Length; i++)
        {
            bool ends = i == name.Length || !char.IsLetterOrDigit(name[i]) || (char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]));
            if (!ends)
                continue;
            string word = name[start..i];
            if (_words.TryGetValue(word, out string? known))
                return known;
            start = i < name.Length && !char.IsLetterOrDigit(name[i]) ? i + 1 : i;
        }

        return null;
    }
}
