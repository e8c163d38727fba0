using System.ComponentModel;
using System.Text.Json;
using AgentRouter.Expressions;
using AgentRouter.Tools.Functions;
using Microsoft.Extensions.AI;

namespace AgentRouter.Tools.Tests.Functions;

public sealed class FunctionToolSourceTests
{
    [Fact]
    public async Task A_function_becomes_a_tool_with_its_types()
    {
        var source = new FunctionToolSource("shop", [AIFunctionFactory.Create(Order, "order")]);
        ToolDescription description = source.Descriptions.ShouldHaveSingleItem();
        description.FullName.ShouldBe("shop.order");
        description.Description.ShouldBe("Orders something.");
        description.Parameters.ShouldBe(["article", "count"]);
        description.RequiredParameters.ShouldBe(["article"]);
        DataType.Object result = description.ResultType.ShouldBeOfType<DataType.Object>();
        result.Fields["article"].ShouldBe(DataType.Text);
        result.Fields["price"].ShouldBe(DataType.Number);

        await using IToolSession session = await source.OpenAsync(new ToolContext { RunId = "run-1" });
        AIFunction function = session.Tools.ShouldHaveSingleItem().Function;
        function.Name.ShouldBe("shop_order");
        object? answer = await function.InvokeAsync(new AIFunctionArguments { ["article"] = "tea", ["count"] = 2 });
        answer.ShouldBeOfType<JsonElement>().GetProperty("price").GetDouble().ShouldBe(6);
    }

    [Fact]
    public void Two_functions_of_one_name_are_refused() =>
        Should.Throw<ArgumentException>(() => new FunctionToolSource("shop", [AIFunctionFactory.Create(Order, "a.b"), AIFunctionFactory.Create(Order, "a_b")])).Message.ShouldContain("shop.a_b");

    [Theory]
    [InlineData("a b")]
    [InlineData("a..b")]
    [InlineData("")]
    public void A_name_that_is_not_usable_is_refused(string name) => Should.Throw<ArgumentException>(() => new FunctionToolSource(name, []));

    [Description("Orders something.")]
    private static Receipt Order(string article, int count = 1) => new(article, 3 * count);

    private sealed record Receipt(string Article, double Price);
}
