using AgentRouter.Budgets;
using AgentRouter.Pricing;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Tests.Budgets;

public sealed class BudgetLedgerTests
{
    private static BudgetAmount Cents(long cents) => BudgetAmount.OneCall(Money.FromUsd(cents / 100m), cents);

    private static Budget Stop(decimal usd) => new() { Usd = usd, OnExceeded = OnExceeded.Stop };

    [Fact]
    public void Reserve_holds_the_worst_case_and_settle_frees_the_rest()
    {
        var ledger = new BudgetLedger(Stop(1.00m));

        ledger.TryReserve(Cents(60), out BudgetReservation? reservation, out _).ShouldBeTrue();
        ledger.Snapshot().Reserved.Usd.ShouldBe(Money.FromUsd(0.60m));
        reservation!.Settle(Cents(10));

        BudgetSnapshot after = ledger.Snapshot();
        after.Spent.ShouldBe(Cents(10));
        after.Reserved.ShouldBe(default);
        after.RemainingUsd.ShouldBe(Money.FromUsd(0.90m));
    }

    [Fact]
    public void Reserve_refuses_when_the_worst_case_does_not_fit()
    {
        var ledger = new BudgetLedger(Stop(1.00m));
        ledger.TryReserve(Cents(60), out _, out _).ShouldBeTrue();

        ledger.TryReserve(Cents(41), out BudgetReservation? reservation, out BudgetRefusal? refusal).ShouldBeFalse();

        reservation.ShouldBeNull();
        refusal!.Dimension.ShouldBe(BudgetDimension.Usd);
        refusal.ToString().ShouldBe("the budget of $1.0000 has $0.00 spent and $0.6000 held; the next call may need $0.4100");
    }

    [Fact]
    public void The_last_cent_can_be_reserved()
    {
        var ledger = new BudgetLedger(Stop(1.00m));
        ledger.TryReserve(Cents(100), out _, out _).ShouldBeTrue();
        ledger.TryReserve(new BudgetAmount(Money.FromPicodollars(1), 0, 0, 0), out _, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(BudgetMode.Audit)]
    [InlineData(BudgetMode.Advise)]
    public void A_budget_that_is_not_enforced_counts_and_refuses_nothing(BudgetMode mode)
    {
        var ledger = new BudgetLedger(Stop(0.01m) with { Mode = mode });

        ledger.TryReserve(Cents(500), out BudgetReservation? reservation, out _).ShouldBeTrue();
        reservation!.Settle(Cents(500));

        ledger.Snapshot().Spent.Usd.ShouldBe(Money.FromUsd(5m));
    }

    [Theory]
    [InlineData(BudgetDimension.Tokens)]
    [InlineData(BudgetDimension.Calls)]
    [InlineData(BudgetDimension.Steps)]
    public void Every_dimension_has_a_limit_of_its_own(BudgetDimension dimension)
    {
        var budget = new Budget { OnExceeded = OnExceeded.Stop };
        budget = dimension switch
        {
            BudgetDimension.Tokens => budget with { Tokens = 10 },
            BudgetDimension.Calls => budget with { Calls = 1 },
            _ => budget with { Steps = 1 },
        };
        var ledger = new BudgetLedger(budget);
        ledger.TryReserve(Cents(8), out BudgetReservation? first, out _).ShouldBeTrue();
        first!.SettleInFull();

        ledger.TryReserve(Cents(3), out _, out BudgetRefusal? refusal).ShouldBeFalse();

        refusal!.Dimension.ShouldBe(dimension);
    }

    [Fact]
    public void More_than_was_held_is_booked_in_full_and_reported()
    {
        var ledger = new BudgetLedger(Stop(1.00m));
        ledger.TryReserve(Cents(90), out BudgetReservation? reservation, out _).ShouldBeTrue();

        Settlement settlement = reservation!.Settle(Cents(150));

        settlement.IsOverrun.ShouldBeTrue();
        ledger.Snapshot().Spent.Usd.ShouldBe(Money.FromUsd(1.50m));
        ledger.TryReserve(Cents(1), out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_reservation_ends_once()
    {
        var ledger = new BudgetLedger(Stop(1.00m));
        ledger.TryReserve(Cents(10), out BudgetReservation? reservation, out _).ShouldBeTrue();
        reservation!.Settle(Cents(5));

        Should.Throw<InvalidOperationException>(() => reservation.Settle(Cents(5)));
        Should.Throw<InvalidOperationException>(reservation.Release);
        reservation.Dispose();

        ledger.Snapshot().Spent.ShouldBe(Cents(5));
    }

    [Fact]
    public void What_was_sent_and_is_dropped_is_booked_in_full_what_was_not_sent_is_free()
    {
        var ledger = new BudgetLedger(Stop(1.00m));
        ledger.TryReserve(Cents(10), out BudgetReservation? sent, out _);
        ledger.TryReserve(Cents(20), out BudgetReservation? unsent, out _);

        sent!.MarkSent();
        sent.Dispose();
        unsent!.Dispose();

        ledger.Snapshot().Spent.Usd.ShouldBe(Money.FromUsd(0.10m));
        ledger.Snapshot().Reserved.ShouldBe(default);
    }

    [Fact]
    public void Work_leaves_the_reserve_for_the_last_answer_alone()
    {
        var ledger = new BudgetLedger(new Budget { Usd = 1.00m, Calls = 5 });

        ledger.TryReserve(Cents(91), out _, out _).ShouldBeFalse();
        ledger.TryReserve(Cents(90), out BudgetReservation? work, out _).ShouldBeTrue();
        work!.SettleInFull();
        ledger.TryReserve(Cents(1), out _, out _).ShouldBeFalse();

        ledger.TryReserve(Cents(10), out BudgetReservation? last, out _, SpendPurpose.WrapUp).ShouldBeTrue();
        last!.SettleInFull();
        ledger.Snapshot().Spent.Usd.ShouldBe(Money.FromUsd(1.00m));
    }

    [Fact]
    public void One_call_is_kept_for_the_last_answer_however_few_there_are()
    {
        var ledger = new BudgetLedger(new Budget { Calls = 2 });
        ledger.TryReserve(Cents(1), out BudgetReservation? first, out _).ShouldBeTrue();
        first!.SettleInFull();

        ledger.TryReserve(Cents(1), out _, out _).ShouldBeFalse();
        ledger.TryReserve(Cents(1), out _, out _, SpendPurpose.WrapUp).ShouldBeTrue();
    }

    [Fact]
    public void Time_is_refused_when_it_is_up_and_the_reserve_lasts_longer()
    {
        var clock = new FakeTimeProvider();
        var ledger = new BudgetLedger(new Budget { Time = TimeSpan.FromSeconds(100) }, clock);
        clock.Advance(TimeSpan.FromSeconds(89));
        ledger.TryReserve(Cents(1), out _, out _).ShouldBeTrue();

        clock.Advance(TimeSpan.FromSeconds(2));

        ledger.TryReserve(Cents(1), out _, out BudgetRefusal? refusal).ShouldBeFalse();
        refusal!.Dimension.ShouldBe(BudgetDimension.Time);
        ledger.TryReserve(Cents(1), out _, out _, SpendPurpose.WrapUp).ShouldBeTrue();
        clock.Advance(TimeSpan.FromSeconds(10));
        ledger.TryReserve(Cents(1), out _, out _, SpendPurpose.WrapUp).ShouldBeFalse();
    }

    [Fact]
    public void A_grant_is_held_by_the_parent_and_what_is_left_of_it_returns()
    {
        var ledger = new BudgetLedger(Stop(1.00m));
        ledger.TryGrant(Stop(0.40m), out BudgetLedger? child, out _).ShouldBeTrue();
        ledger.Snapshot().Reserved.Usd.ShouldBe(Money.FromUsd(0.40m));
        ledger.TryReserve(Cents(61), out _, out _).ShouldBeFalse();

        child!.TryReserve(Cents(30), out BudgetReservation? call, out _).ShouldBeTrue();
        call!.Settle(Cents(25));
        ledger.Snapshot().Spent.Usd.ShouldBe(Money.FromUsd(0.25m));
        ledger.Snapshot().Reserved.Usd.ShouldBe(Money.FromUsd(0.15m));

        child.Close();
        child.Close();

        ledger.Snapshot().Reserved.ShouldBe(default);
        ledger.Snapshot().Spent.Usd.ShouldBe(Money.FromUsd(0.25m));
        Should.Throw<InvalidOperationException>(() => child.TryReserve(Cents(1), out _, out _));
    }

    [Fact]
    public void A_limit_that_a_child_does_not_set_is_shared_with_its_parent()
    {
        var ledger = new BudgetLedger(Stop(1.00m) with { Calls = 1 });
        ledger.TryGrant(Stop(0.40m), out BudgetLedger? child, out _).ShouldBeTrue();
        child!.TryReserve(Cents(10), out _, out _).ShouldBeTrue();

        ledger.TryReserve(Cents(10), out _, out BudgetRefusal? refusal).ShouldBeFalse();

        refusal!.Dimension.ShouldBe(BudgetDimension.Calls);
    }

    [Fact]
    public void The_children_of_a_closed_child_cannot_spend_either()
    {
        var ledger = new BudgetLedger(Stop(1.00m));
        ledger.TryGrant(Stop(0.50m), out BudgetLedger? child, out _);
        child!.TryGrant(new Budget { Calls = 5, OnExceeded = OnExceeded.Stop }, out BudgetLedger? grandchild, out _);
        grandchild!.Close();
        child.TryGrant(new Budget { Tokens = 5, Mode = BudgetMode.Audit }, out BudgetLedger? other, out _);
        child.Close();

        Should.Throw<InvalidOperationException>(() => other!.TryReserve(Cents(1), out _, out _));
    }

    [Fact]
    public void A_child_cannot_be_closed_while_it_holds_something()
    {
        var ledger = new BudgetLedger(Stop(1.00m));
        ledger.TryGrant(Stop(0.40m), out BudgetLedger? child, out _);
        child!.TryReserve(Cents(10), out _, out _);

        Should.Throw<InvalidOperationException>(child.Close);
    }

    [Fact]
    public void An_overrun_of_a_child_is_booked_all_the_way_up()
    {
        var ledger = new BudgetLedger(Stop(1.00m));
        ledger.TryGrant(Stop(0.40m), out BudgetLedger? child, out _);
        child!.TryGrant(Stop(0.20m), out BudgetLedger? grandchild, out _);
        grandchild!.TryReserve(Cents(20), out BudgetReservation? call, out _);

        call!.Settle(Cents(50));
        grandchild.Close();
        child.Close();

        ledger.Snapshot().Spent.Usd.ShouldBe(Money.FromUsd(0.50m));
        ledger.Snapshot().Reserved.ShouldBe(default);
    }

    [Fact]
    public void A_grant_that_does_not_fit_is_refused()
    {
        var ledger = new BudgetLedger(Stop(1.00m));
        ledger.TryGrant(Stop(1.01m), out BudgetLedger? child, out BudgetRefusal? refusal).ShouldBeFalse();
        child.ShouldBeNull();
        refusal!.Dimension.ShouldBe(BudgetDimension.Usd);
    }

    [Fact]
    public void Negative_amounts_and_limits_are_refused()
    {
        var ledger = new BudgetLedger(Stop(1.00m));
        Should.Throw<ArgumentOutOfRangeException>(() => ledger.TryReserve(Cents(-1), out _, out _));
        ledger.TryReserve(Cents(1), out BudgetReservation? reservation, out _);
        Should.Throw<ArgumentOutOfRangeException>(() => reservation!.Settle(Cents(-1)));
        Should.Throw<ArgumentOutOfRangeException>(() => new BudgetLedger(Stop(-1)));
        Should.Throw<ArgumentOutOfRangeException>(() => new BudgetLedger(Stop(1) with { ReserveForWrapUp = 0.6m }));
    }
}
