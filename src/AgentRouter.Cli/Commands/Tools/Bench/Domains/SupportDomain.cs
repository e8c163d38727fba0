using System.Globalization;
using System.Text.Json.Nodes;
using AgentRouter.Cli.Commands.Tools.Bench.Judging;
using AgentRouter.Cli.Commands.Tools.Bench.Systems.Playbooks;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;
using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Cli.Commands.Tools.Bench.Domains;

/// <summary>An order is looked up, refunded, and the customer is told.</summary>
/// <param name="total">What the order came to, in dollars.</param>
internal sealed class SupportDomain(decimal total = 149) : ScenarioDomain
{
    private const string Number = "A-1042";
    private const string Message = $"message: {Number} is refunded";

    private static readonly Ending ByHand = new("to be refunded by a person", Ticket("refund"));
    private static readonly Ending Unconfirmed = new("refunded, to be confirmed by a person", Ticket("confirm"));

    /// <summary>Gets the end in which everything is done.</summary>
    public RightEnd Refunded => new(true, "One refund of the order's total, and one message to the customer.", Refund, Message);

    /// <summary>Gets the end in which the customer could not be told.</summary>
    public RightEnd RefundedUnconfirmed => new(false, "The refund stands, for taking it back would harm the customer; a person gets a ticket to tell them.", Refund, TicketOf("confirm"));

    /// <summary>Gets the end in which a person has to do it.</summary>
    public static RightEnd LeftToPerson => new(false, "No money moves, nothing is promised to the customer, and a person gets a ticket to look at the refund.", TicketOf("refund"));

    /// <inheritdoc/>
    public override string Task => $"Refund order {Number} and tell the customer.";

    /// <inheritdoc/>
    public override JsonObject Facts => new() { ["number"] = Number };

    /// <inheritdoc/>
    public override CapabilityGraph Graph { get; } = new(
        [
            Look("crm", "order", "number"),
            Act("stripe", "refund", "order") with { Amount = "order.total" },
            Act("razorpay", "refund", "order", cost: 2) with { Amount = "order.total" },
            Act("email", "confirmation", "order refund"),
            Act("sms", "confirmation", "order refund", cost: 2),
            Ticket("confirm", "confirmation_ticket", "refund"),
            Ticket("refund", "refund_ticket"),
        ],
        [new CapabilityFact("number", DataType.Text)]);

    /// <inheritdoc/>
    public override CapabilityGoal Goal { get; } = new("refunded and confirmed", ["refund", "confirmation"])
    {
        Lesser = [new LesserGoal(Unconfirmed.Name, ["refund", "confirmation_ticket"]), new LesserGoal(ByHand.Name, ["refund_ticket"])],
    };

    /// <inheritdoc/>
    public override Playbook Playbook { get; } = new(
        new Stage("order", "crm") { Lost = ByHand },
        new Stage("refund", "stripe", "razorpay") { Before = known => known["order"]!["total"]!.GetValue<decimal>() > Limit ? ByHand : null, Lost = ByHand },
        new Stage("confirmation", "email", "sms") { Lost = Unconfirmed, IsMessage = true });

    private string Refund => RefundOf(Number, total);

    /// <inheritdoc/>
    public override void Open(World world)
    {
        world.Open("crm", (string number) =>
        {
            world.Looked("crm", "order");
            return new JsonObject { ["number"] = number, ["total"] = total };
        });
        foreach (string service in new[] { "stripe", "razorpay" })
        {
            world.Open(service, (JsonObject order) =>
            {
                world.Did(service, RefundOf(order["number"]!.GetValue<string>(), order["total"]!.GetValue<decimal>()));
                return $"refunded by {service}";
            });
        }

        foreach (string service in new[] { "email", "sms" })
        {
            world.Open(service, (JsonObject order, string refund) =>
            {
                world.Did(service, $"message: {order["number"]!.GetValue<string>()} is refunded");
                return "sent";
            });
        }

        OpenDesk(world);
    }

    private static string RefundOf(string number, decimal total) => string.Create(CultureInfo.InvariantCulture, $"refund: {number}, ${total:0.00}");
}
