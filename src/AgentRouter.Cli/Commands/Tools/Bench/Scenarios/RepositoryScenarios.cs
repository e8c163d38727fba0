using AgentRouter.Cli.Commands.Tools.Bench.Domains;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;

namespace AgentRouter.Cli.Commands.Tools.Bench.Scenarios;

/// <summary>The 19 scenarios of the paper's repository, which are others than those of its text, with its totals.</summary>
internal static class RepositoryScenarios
{
    private static readonly SupportDomain Support = new();
    private static readonly TripDomain Trip = new();
    private static readonly MediaDomain Media = new();

    /// <summary>Gets the set.</summary>
    public static ScenarioSet Set { get; } = new("repository", "The 19 scenarios of its repository",
        [
            new("CS-1", "happy path", Support, Support.Refunded),
            new("CS-2", "Stripe down", Support, Support.Refunded, Down("stripe")),
            new("CS-3", "email down", Support, Support.Refunded, Down("email")),
            new("CS-4", "Stripe and email down", Support, Support.Refunded, Down("stripe", "email")),
            new("CS-5", "both payments down", Support, SupportDomain.LeftToPerson, Down("stripe", "razorpay")),
            new("CS-6", "both notifications down", Support, Support.RefundedUnconfirmed, Down("email", "sms")),
            new("CS-7", "CRM down", Support, SupportDomain.LeftToPerson, Down("crm")),
            new("TB-1", "happy path", Trip, TripDomain.Booked),
            new("TB-2", "flight down", Trip, TripDomain.Booked, Down("flight")),
            new("TB-3", "hotel and car down", Trip, TripDomain.Booked, Down("hotel", "car")),
            new("TB-4", "flight and train down", Trip, TripDomain.LeftToPerson, Down("flight", "train")),
            new("TB-5", "flight, hotel and car down", Trip, TripDomain.Booked, Down("flight", "hotel", "car")),
            new("TB-6", "payment down", Trip, TripDomain.ReservedUnpaid, Down("payments")),
            new("CM-1", "happy path", Media, MediaDomain.Approved),
            new("CM-2", "text moderator down", Media, MediaDomain.InReviewWithout("text"), Down("text")),
            new("CM-3", "auto-approve down", Media, MediaDomain.InReview, Down("auto")),
            new("CM-4", "text and auto-approve down", Media, MediaDomain.InReviewWithout("text"), Down("text", "auto")),
            new("CM-5", "all three moderators down", Media, MediaDomain.InReviewWithout("text", "image", "video"), Down("text", "image", "video")),
            new("CM-6", "toxicity scorer down", Media, MediaDomain.Unscored, Down("scorer")),
        ],
        [new PublishedTotals("Self-Healing Router", 19, 9, null, 0), new PublishedTotals("ReAct", 19, 123, null, 0), new PublishedTotals("LangGraph", 16, 0, null, 3)]);

    private static ServiceFault[] Down(params string[] services) => [.. services.Select(service => new ServiceFault(service))];
}
