using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Journal;
using AgentRouter.Workflows.Runs.Sqlite.Accounts;

namespace AgentRouter.Workflows.Engine;

/// <summary>The part of an account that is held for a run while this process works on it: as much as the run may still spend. Thread-safe.</summary>
internal sealed class RunAccount
{
    private readonly Lock _lock = new();
    private readonly SpendingAccounts _accounts;
    private readonly SpendingAccount _account;
    private readonly string _runId;
    private readonly Money _before;
    private SpendingGrant? _grant;

    private RunAccount(SpendingAccounts accounts, SpendingAccount account, string runId, Money before, SpendingGrant? grant)
    {
        _accounts = accounts;
        _account = account;
        _runId = runId;
        _before = before;
        _grant = grant;
    }

    /// <summary>Gets the account's name.</summary>
    public string Name => _account.Name;

    /// <summary>Draws what a new run may spend.</summary>
    /// <param name="options">Has the store with the accounts.</param>
    /// <param name="name">The account.</param>
    /// <param name="runId">The run.</param>
    /// <param name="budget">The run's limits.</param>
    /// <returns>What is held, and the limits under the account: enforced, and with what the account has left where they name no money.</returns>
    /// <exception cref="AccountExceededException">The account has less left.</exception>
    /// <exception cref="ConfigurationException">There is no such account, or the store keeps none.</exception>
    public static (RunAccount Account, Budget Budget) Begin(WorkflowEngineOptions options, string name, string runId, Budget budget)
    {
        (SpendingAccounts accounts, SpendingAccount account) = Find(options, name);
        Money? limit = budget.Usd is { } usd ? Money.FromUsd(usd) : null;
        SpendingGrant? grant = limit == Money.Zero ? null : accounts.Draw(account, limit, runId, isNew: true);
        return (new RunAccount(accounts, account, runId, Money.Zero, grant), budget with { Usd = (grant?.Usd ?? Money.Zero).ToUsd(), Mode = BudgetMode.Enforce });
    }

    /// <summary>Draws what a run that goes on may still spend.</summary>
    /// <inheritdoc cref="Begin"/>
    public static RunAccount GoOn(WorkflowEngineOptions options, string name, string runId, RecordedStart recorded)
    {
        (SpendingAccounts accounts, SpendingAccount account) = Find(options, name);
        Money before = recorded.Events.OfType<BudgetSettled>().Aggregate(Money.Zero, (sum, settled) => sum + settled.Booked.Usd);
        Money limit = Money.FromUsd(recorded.Start.Budget.Usd ?? 0) * (1 + BudgetQuestion.CountRaises(recorded.Events));
        return new RunAccount(accounts, account, runId, before, limit > before ? accounts.Draw(account, limit - before, runId, isNew: false) : null);
    }

    /// <summary>Holds more, because the run's budget is to be raised.</summary>
    /// <returns>Whether it is held.</returns>
    public bool TryRaise(Money more)
    {
        if (more == Money.Zero)
            return true;
        lock (_lock)
        {
            SpendingGrant? raised = _grant is null ? _accounts.TryDraw(_account, more, _runId, out _) : _accounts.TryRaise(_account, _grant, more);
            _grant = raised ?? _grant;
            return raised is not null;
        }
    }

    /// <summary>Books what the run has spent here and gives the rest back.</summary>
    /// <param name="spent">What the run has spent since it began.</param>
    public void Settle(Money spent)
    {
        lock (_lock)
        {
            if (_grant is not null)
                _accounts.Settle(_grant, Money.Max(Money.Zero, spent - _before));
            _grant = null;
        }
    }

    private static (SpendingAccounts Accounts, SpendingAccount Account) Find(WorkflowEngineOptions options, string name)
    {
        SpendingAccounts accounts = options.Store.Accounts
            ?? throw new ConfigurationException($"The run draws from account '{name}', and the engine's store keeps no accounts. Give the engine a SqliteRunStore.");
        SpendingAccount account = options.FindAccount?.Invoke(name)
            ?? throw new ConfigurationException($"There is no account '{name}' for the run to draw from. WorkflowEngineOptions.FindAccount finds accounts by their names.");
        return (accounts, account);
    }
}
