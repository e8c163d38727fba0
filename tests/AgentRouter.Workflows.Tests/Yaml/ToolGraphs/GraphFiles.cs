namespace AgentRouter.Workflows.Tests.Yaml.ToolGraphs;

/// <summary>Tool graphs of tests.</summary>
internal static class GraphFiles
{
    /// <summary>An order is looked up, refunded over one of two services, and confirmed.</summary>
    public const string Support = """
        facts:
          order_id: { type: text, description: The order's number }
          amount: number
        capabilities:
          refund: The money is on its way back.
        tools:
          crm:
            tool: shop.lookup
            provides: order
            needs: order_id
            effect: none
            result: { charge: text, total: number }
          stripe:
            tool: shop.stripe
            provides: refund
            needs: [order, amount]
            with: { charge: "{{ order.charge }}", limits: { retries: 2 }, urgent: true }
            cost: 1
            usd: 0.002
            timeout: 10s
            attempts: 3
            risk: medium
            amount: amount
            result: { id: text }
            nonEmpty: true
            check: find_refund
            undo: cancel_refund
            callsPerMinute: 60
          razorpay: { tool: shop.razorpay, provides: refund, needs: [order, amount], cost: 2, result: { id: text, mode: text } }
          find_refund: { tool: shop.find, provides: refund_state, needs: order, effect: none }
          cancel_refund: { tool: shop.cancel, provides: cancellation, needs: order, effect: repeatable }
          email: { tool: shop.email, provides: [confirmation, receipt], needs: refund, with: { text: "Refund {{ refund.id }}" } }
        goals:
          refund_and_confirm:
            description: Refunds an order and tells the customer.
            needs: [refund, confirmation]
            lesser:
              - { name: "refunded, to be confirmed by hand", needs: refund }
              - { name: handed over to a person }
          just_refund: [refund]
        """;
}
