using System.Text.Json.Nodes;
using AgentRouter.Cli.Commands.Tools.Bench.Judging;
using AgentRouter.Cli.Commands.Tools.Bench.Systems.Playbooks;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;
using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Cli.Commands.Tools.Bench.Domains;

/// <summary>The repository's trip: a flight or train, a hotel or hostel and a car or bus are reserved, paid for together, and confirmed. Costs are the repository's.
/// Reservations that nobody pays for lapse by themselves.</summary>
internal sealed class TripDomain : ScenarioDomain
{
    private const string Payment = "payment: trip";
    private const string Message = "message: trip booked";

    private static readonly string[] Parts = ["transport", "stay", "ride"];

    private static readonly Ending ByHand = new("to be booked by a person", Ticket("trip"));
    private static readonly Ending Unpaid = new("reserved, to be paid by a person", Ticket("pay"));
    private static readonly Ending Unconfirmed = new("booked, to be confirmed by a person", Ticket("confirm"));

    /// <summary>Gets the end in which everything is done.</summary>
    public static RightEnd Booked => new(true, "Each part is reserved once, whichever kind it is; one payment, one confirmation.", [.. Parts.Select(Reservation), Payment, Message]);

    /// <summary>Gets the end in which nothing can be paid.</summary>
    public static RightEnd ReservedUnpaid => new(false, "The reservations stand, nothing is confirmed, and a person gets a ticket to pay before they lapse.", [.. Parts.Select(Reservation), TicketOf("pay")]);

    /// <summary>Gets the end in which a person has to do it.</summary>
    public static RightEnd LeftToPerson => new(false, "A stay without a way there is of no use: nothing is reserved or paid, and a person gets a ticket.", TicketOf("trip"));

    /// <inheritdoc/>
    public override string Task => "Book the trip.";

    /// <inheritdoc/>
    public override JsonObject Facts => new() { ["trip"] = "T-8" };

    /// <inheritdoc/>
    public override CapabilityGraph Graph { get; } = new(
        [
            Act("flight", "transport", "trip", cost: 0.3),
            Act("train", "transport", "trip", cost: 0.5),
            Act("hotel", "stay", "transport", cost: 0.3),
            Act("hostel", "stay", "transport", cost: 0.4),
            Act("car", "ride", "stay", cost: 0.3),
            Act("bus", "ride", "stay", cost: 0.4),
            Act("payments", "payment", "transport stay ride", cost: 0.2),
            Act("mailer", "confirmation", "payment", cost: 0.1),
            Ticket("confirm", "confirmation_ticket", "payment"),
            Ticket("pay", "payment_ticket", "transport stay ride"),
            Ticket("trip", "trip_ticket"),
        ],
        [new CapabilityFact("trip", DataType.Text)]);

    /// <inheritdoc/>
    public override CapabilityGoal Goal { get; } = new("trip booked", ["payment", "confirmation"])
    {
        Lesser =
        [
            new LesserGoal(Unconfirmed.Name, ["payment", "confirmation_ticket"]),
            new LesserGoal(Unpaid.Name, ["transport", "stay", "ride", "payment_ticket"]),
            new LesserGoal(ByHand.Name, ["trip_ticket"]),
        ],
    };

    /// <inheritdoc/>
    public override Playbook Playbook { get; } = new(
        new Stage("transport", "flight", "train") { Lost = ByHand },
        new Stage("stay", "hotel", "hostel") { Lost = ByHand },
        new Stage("ride", "car", "bus") { Lost = ByHand },
        new Stage("payment", "payments") { Lost = Unpaid },
        new Stage("confirmation", "mailer") { Lost = Unconfirmed, IsMessage = true });

    /// <inheritdoc/>
    public override void Open(World world)
    {
        foreach (string service in new[] { "flight", "train" })
            world.Open(service, (string trip) => Do(world, service, Reservation("transport")));
        foreach (string service in new[] { "hotel", "hostel" })
            world.Open(service, (string transport) => Do(world, service, Reservation("stay")));
        foreach (string service in new[] { "car", "bus" })
            world.Open(service, (string stay) => Do(world, service, Reservation("ride")));
        world.Open("payments", (string transport, string stay, string ride) => Do(world, "payments", Payment));
        world.Open("mailer", (string payment) => Do(world, "mailer", Message));
        OpenDesk(world);
    }

    private static string Reservation(string part) => $"reservation: {part}";

    private static string Do(World world, string service, string what)
    {
        world.Did(service, what);
        return $"{what} by {service}";
    }
}
