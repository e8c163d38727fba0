using AgentRouter.Cli.Commands.Tools.Bench.Domains;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;

namespace AgentRouter.Cli.Commands.Tools.Bench.Scenarios;

/// <summary>The 19 scenarios of the paper "Graph-Based Self-Healing Tool Routing", with its totals.</summary>
internal static class PaperScenarios
{
    private const decimal TooMuch = 15_000;
    private static readonly SupportDomain Support = new();
    private static readonly SupportDomain LargeRefund = new(TooMuch);
    private static readonly TravelDomain Travel = new();
    private static readonly PostDomain Post = new();

    /// <summary>Gets the set.</summary>
    public static ScenarioSet Set { get; } = new("paper", "The 19 scenarios of the paper",
        [
            new("S1", "happy path", Support, Support.Refunded),
            new("S2", "Stripe down", Support, Support.Refunded, Down("stripe")),
            new("S3", "all payment down", Support, SupportDomain.LeftToPerson, Down("stripe"), Down("razorpay")),
            new("S4", "risk: a refund of $15,000", LargeRefund, SupportDomain.LeftToPerson),
            new("S5", "email dies after the refund", Support, Support.Refunded, new ServiceFault("email", After: "stripe")),
            new("S6", "both notifications down", Support, Support.RefundedUnconfirmed, Down("email"), Down("sms")),
            new("S7", "Stripe, email and SMS down", Support, Support.RefundedUnconfirmed, Down("stripe"), Down("email"), Down("sms")),
            new("T1", "happy path", Travel, TravelDomain.Booked),
            new("T2", "flight API down", Travel, TravelDomain.Booked, Down("flights")),
            new("T3", "flight, then hotel down", Travel, TravelDomain.Booked, Down("flights"), new ServiceFault("hotels", After: "flights2")),
            new("T4", "risk: a trip of $15,000", new TravelDomain(TooMuch), TravelDomain.LeftToPerson),
            new("T5", "all hotels and cars down", Travel, TravelDomain.OnlyFlight, Down("hotels"), Down("hotels2"), Down("cars"), Down("cars2")),
            new("T6", "flight, hotel, confirmation down", Travel, TravelDomain.BookedUnconfirmed, Down("flights"), Down("hotels"), Down("mailer")),
            new("M1", "happy path", Post, PostDomain.Published),
            new("M2", "image classifier down", Post, PostDomain.Limited("image"), Down("image")),
            new("M3", "risk: a toxicity of 0.97", new PostDomain(toxicity: 0.97), PostDomain.HeldWithout()),
            new("M4", "three classifiers down", Post, PostDomain.HeldWithout("image", "text", "toxicity"), Down("image"), Down("text"), Down("toxicity")),
            new("M5", "three down, one by one", Post, PostDomain.HeldWithout("image", "text", "history"),
                Down("image"), new ServiceFault("text", After: "image"), new ServiceFault("history", After: "text")),
            new("M6", "four of five down", Post, PostDomain.HeldWithout("image", "text", "history", "toxicity"), Down("image"), Down("text"), Down("history"), Down("toxicity")),
        ],
        [new PublishedTotals("Self-Healing Router", 19, 9, 66, 0), new PublishedTotals("ReAct", 19, 123, 93, 0), new PublishedTotals("LangGraph", 16, 0, 87, 3)]);

    private static ServiceFault Down(string service) => new(service);
}
