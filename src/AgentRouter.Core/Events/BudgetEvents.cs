using AgentRouter.Budgets;
using AgentRouter.Pricing;

namespace AgentRouter.Events;

/// <summary>The worst case of a call is held.</summary>
/// <param name="Model">The model.</param>
/// <param name="Held">What is held.</param>
/// <param name="Before">The budget before.</param>
public sealed record BudgetReserved(string Model, BudgetAmount Held, BudgetSnapshot Before) : RunEvent;

/// <summary>The chosen model did not fit the budget; a cheaper one takes the step.</summary>
/// <param name="From">The model that was chosen.</param>
/// <param name="To">The model that takes the step.</param>
/// <param name="Reason">Why the first did not fit.</param>
public sealed record BudgetDegraded(string From, string To, string Reason) : RunEvent;

/// <summary>No model fits the budget any more.</summary>
/// <param name="Refusal">Which limit was hit, and how.</param>
public sealed record BudgetRefused(BudgetRefusal Refusal) : RunEvent;

/// <summary>A call was booked.</summary>
/// <param name="Model">The model.</param>
/// <param name="Booked">What was booked.</param>
/// <param name="InFull">Whether the usage is unknown and all that was held was booked.</param>
/// <param name="After">The budget after.</param>
public sealed record BudgetSettled(string Model, BudgetAmount Booked, bool InFull, BudgetSnapshot After) : RunEvent;

/// <summary>A provider billed more than it was allowed to; all of it was booked.</summary>
/// <param name="Model">The model.</param>
/// <param name="Booked">What was booked.</param>
/// <param name="Held">What had been held.</param>
public sealed record BudgetOverrun(string Model, BudgetAmount Booked, BudgetAmount Held) : RunEvent;

/// <summary>A branch, map item or nested workflow was given a part of the budget.</summary>
/// <param name="Child">The child.</param>
/// <param name="Budget">Its budget.</param>
public sealed record GrantGiven(string Child, BudgetSnapshot Budget) : RunEvent;

/// <summary>A child ended; what it did not spend returned.</summary>
/// <param name="Child">The child.</param>
/// <param name="Spent">What it spent.</param>
public sealed record GrantReturned(string Child, BudgetAmount Spent) : RunEvent;

/// <summary>The budget is used up; the last answer is made from the reserve.</summary>
/// <param name="Available">The money that is left for it, or <see langword="null"/> without a money limit.</param>
public sealed record WrapUpStarted(Money? Available) : RunEvent;
