using System.Text.Json.Nodes;
using AgentRouter.Cli.Commands.Tools.Bench.Judging;
using AgentRouter.Cli.Commands.Tools.Bench.Systems.Playbooks;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;
using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Cli.Commands.Tools.Bench.Domains;

/// <summary>The paper's trip: a flight, a hotel, a car, each of two services, and one confirmation of them all.</summary>
/// <param name="price">What the trip comes to, in dollars.</param>
internal sealed class TravelDomain(decimal price = 1_480) : ScenarioDomain
{
    private static readonly string[] Parts = ["flight", "hotel", "car"];

    private static readonly Ending ByHand = new("to be booked by a person", Ticket("trip"));
    private static readonly Ending Unconfirmed = new("booked, to be confirmed by a person", Ticket("confirm"));
    private static readonly Ending FlightOnly = new("flight only, the rest by a person", new EndingCall("mailer"), Ticket("rest"));
    private static readonly Ending FlightAndHotel = new("flight and hotel, the car by a person", new EndingCall("mailer"), Ticket("rest"));

    /// <summary>Gets the end in which everything is done.</summary>
    public static RightEnd Booked => new(true, "Each part is booked once, by whichever service, and one confirmation names all three.", [.. Parts.Select(Booking), Confirmation(Parts)]);

    /// <summary>Gets the end in which the customer could not be told.</summary>
    public static RightEnd BookedUnconfirmed => new(false, "The bookings stand; a person gets a ticket to confirm them.", [.. Parts.Select(Booking), TicketOf("confirm")]);

    /// <summary>Gets the end in which only the flight can be had.</summary>
    public static RightEnd OnlyFlight => new(false, "The flight is booked and confirmed as what it is; a person gets a ticket for the rest.", Booking("flight"), Confirmation("flight"), TicketOf("rest"));

    /// <summary>Gets the end in which a person has to do it.</summary>
    public static RightEnd LeftToPerson => new(false, "Nothing is booked before a person has agreed to the price; the person gets a ticket.", TicketOf("trip"));

    /// <inheritdoc/>
    public override string Task => "Book flight, hotel and car for the trip, and confirm it.";

    /// <inheritdoc/>
    public override JsonObject Facts => new() { ["trip"] = "T-7", ["price"] = price };

    /// <inheritdoc/>
    public override CapabilityGraph Graph { get; } = new(
        [
            Act("flights", "flight", "trip") with { Amount = "price" },
            Act("flights2", "flight", "trip", cost: 2) with { Amount = "price" },
            Act("hotels", "hotel", "flight"),
            Act("hotels2", "hotel", "flight", cost: 2),
            Act("cars", "car", "hotel"),
            Act("cars2", "car", "hotel", cost: 2),
            Act("mailer", "confirmation", "flight hotel car"),
            Act("mailer_stay", "stay_confirmation", "flight hotel") with { Tool = "mailer" },
            Act("mailer_flight", "flight_confirmation", "flight") with { Tool = "mailer" },
            Ticket("confirm", "confirmation_ticket", "flight hotel car"),
            Ticket("rest", "rest_ticket", "flight"),
            Ticket("trip", "trip_ticket"),
        ],
        [new CapabilityFact("trip", DataType.Text), new CapabilityFact("price", DataType.Number)]);

    /// <inheritdoc/>
    public override CapabilityGoal Goal { get; } = new("trip booked", ["flight", "hotel", "car", "confirmation"])
    {
        Lesser =
        [
            new LesserGoal(Unconfirmed.Name, ["flight", "hotel", "car", "confirmation_ticket"]),
            new LesserGoal(FlightAndHotel.Name, ["flight", "hotel", "stay_confirmation", "rest_ticket"]),
            new LesserGoal(FlightOnly.Name, ["flight", "flight_confirmation", "rest_ticket"]),
            new LesserGoal(ByHand.Name, ["trip_ticket"]),
        ],
    };

    /// <inheritdoc/>
    public override Playbook Playbook { get; } = new(
        new Stage("flight", "flights", "flights2") { Before = known => known["price"]!.GetValue<decimal>() > Limit ? ByHand : null, Lost = ByHand },
        new Stage("hotel", "hotels", "hotels2") { Lost = FlightOnly },
        new Stage("car", "cars", "cars2") { Lost = FlightAndHotel },
        new Stage("confirmation", "mailer") { Lost = Unconfirmed, IsMessage = true });

    /// <inheritdoc/>
    public override void Open(World world)
    {
        foreach (string service in new[] { "flights", "flights2" })
            world.Open(service, (string trip) => Book(world, service, "flight"));
        foreach (string service in new[] { "hotels", "hotels2" })
            world.Open(service, (string flight) => Book(world, service, "hotel"));
        foreach (string service in new[] { "cars", "cars2" })
            world.Open(service, (string hotel) => Book(world, service, "car"));
        world.Open("mailer", (string flight, string? hotel = null, string? car = null) =>
        {
            world.Did("mailer", Confirmation([.. Parts.Zip([flight, hotel, car]).Where(part => part.Second is not null).Select(part => part.First)]));
            return "sent";
        });
        OpenDesk(world);
    }

    private static string Book(World world, string service, string part)
    {
        world.Did(service, Booking(part));
        return $"{part} booked by {service}";
    }

    private static string Booking(string part) => $"booking: {part}";

    private static string Confirmation(params string[] parts) => $"message: {string.Join(", ", parts)} booked";
}
