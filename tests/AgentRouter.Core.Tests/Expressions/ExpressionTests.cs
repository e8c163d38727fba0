using System.Text.Json.Nodes;
using AgentRouter.Expressions;

namespace AgentRouter.Core.Tests.Expressions;

public class ExpressionTests
{
    private static readonly TestScope Scope = new(
        """
        {
          "inputs": { "issue": "the sum is wrong", "count": 3 },
          "test": { "exitCode": 0, "output": "1 passed", "passed": true },
          "items": [ { "name": "a" }, { "name": "b" } ],
          "words": [ "red", "green" ],
          "plan": { "exit-code": 7, "files": [ 1, 2, 3 ], "none": null, "deep": { "er": [ { "x": true } ] } },
          "index": 1
        }
        """,
        ("code", 2));

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("1 < 2", true)]
    [InlineData("2 <= 1", false)]
    [InlineData("2 >= 2 and 3 > 2", true)]
    [InlineData("1 + 2 - 1 == 2", true)]
    [InlineData("-1 < 0", true)]
    [InlineData("1 - -1 == 2", true)]
    [InlineData("0.5 + 0.25 == 0.75", true)]
    [InlineData("'a' < \"b\"", true)]
    [InlineData(@"'it\'s' == ""it's""", true)]
    [InlineData("test.exitCode == 0", true)]
    [InlineData("test.exitCode != 0 || test.passed", true)]
    [InlineData("not test.passed", false)]
    [InlineData("not not test.passed", true)]
    [InlineData("!test.passed", false)]
    [InlineData("not test.exitCode == 1", true)]
    [InlineData("true or false and false", true)]
    [InlineData("(true or false) and false", false)]
    [InlineData("items[0].name == 'a'", true)]
    [InlineData("items[index].name == 'b'", true)]
    [InlineData("items[9].name == null", true)]
    [InlineData("items[0 - 1] == null", true)]
    [InlineData("plan['exit-code'] == 7", true)]
    [InlineData("plan.deep.er[0].x", true)]
    [InlineData("plan.nowhere.at.all == null", true)]
    [InlineData("plan.none == null", true)]
    [InlineData("plan.none != 3", true)]
    [InlineData("plan.none < 3", false)]
    [InlineData("plan.none == plan.nowhere", true)]
    [InlineData("plan.files == 'text'", false)]
    [InlineData("plan.files == plan.files", true)]
    [InlineData("contains(test.output, 'passed')", true)]
    [InlineData("contains(test.output, 'Passed')", false)]
    [InlineData("contains(words, 'red')", true)]
    [InlineData("contains(words, 'blue')", false)]
    [InlineData("contains(plan.files, 2)", true)]
    [InlineData("contains(plan.nowhere, 2)", false)]
    [InlineData("length(words) == 2 && length(test.output) == 8", true)]
    [InlineData("length(plan.nowhere) == 0", true)]
    [InlineData("visits('code') < 4", true)]
    [InlineData("visits('review') == 0", true)]
    [InlineData("(((1))) == 1", true)]
    public void An_expression_has_the_value_that_it_reads_like(string text, bool expected)
    {
        Expression expression = Expression.ParseCondition(text, TestScope.Names);

        expression.IsTrue(Scope).ShouldBe(expected);
        expression.Text.ShouldBe(text);
    }

    [Theory]
    [InlineData("", 0, "empty")]
    [InlineData("1 <", 3, "the end")]
    [InlineData("test.exitCod == 0", 5, "Did you mean 'exitCode'?")]
    [InlineData("tset.exitCode == 0", 0, "Did you mean 'test'?")]
    [InlineData("test.exitCode == 'zero'", 14, "A number cannot be compared with a text.")]
    [InlineData("inputs.issue > 3", 13, "A text cannot be compared with a number.")]
    [InlineData("test.passed > false", 0, "order")]
    [InlineData("1 < null", 2, "null")]
    [InlineData("true and test.exitCode", 9, "'and' takes a boolean, but this is a number.")]
    [InlineData("not 1", 4, "boolean")]
    [InlineData("!test.exitCode == 0", 1, "boolean")]
    [InlineData("'a' + 1", 0, "number")]
    [InlineData("1 = 1", 2, "Did you mean '=='?")]
    [InlineData("true & true", 5, "&&")]
    [InlineData("true | true", 5, "||")]
    [InlineData("1 < 2 < 3", 6, "chained")]
    [InlineData("(1 == 1", 7, "')'")]
    [InlineData("1 == 1)", 6, "end here")]
    [InlineData("items[0", 7, "']'")]
    [InlineData("items['a'].name == 'a'", 6, "A list of object has no field 'a'.")]
    [InlineData("items.length == 1", 6, "Use length(…).")]
    [InlineData("test[0] == 1", 4, "list")]
    [InlineData("items[test.passed] == null", 6, "number")]
    [InlineData("test. == 1", 6, "field's name")]
    [InlineData("'open", 0, "closing")]
    [InlineData(@"'\x'", 1, "backslash")]
    [InlineData("12abc == 1", 0, "digits")]
    [InlineData("a $ b", 2, "'$'")]
    [InlineData("visits('cod') < 3", 7, "Did you mean 'code'?")]
    [InlineData("visits(code) < 3", 0, "quotes")]
    [InlineData("visit('code') < 3", 0, "Did you mean 'visits'?")]
    [InlineData("contains(words) == true", 0, "two values")]
    [InlineData("contains(words, 3)", 16, "cannot contain")]
    [InlineData("contains(3, 3)", 9, "text or a list")]
    [InlineData("length(3) == 1", 7, "text or a list")]
    [InlineData("and", 0, "value")]
    public void What_cannot_be_right_is_refused_with_its_place(string text, int position, string message)
    {
        ExpressionException exception = Should.Throw<ExpressionException>(() => Expression.ParseCondition(text, TestScope.Names));

        exception.Message.ShouldContain(message);
        exception.Position.ShouldBe(position);
    }

    [Fact]
    public void A_condition_is_true_or_false()
    {
        Should.Throw<ExpressionException>(() => Expression.ParseCondition("test.exitCode", TestScope.Names)).Message.ShouldContain("number");
        Expression.Parse("test.exitCode", TestScope.Names).Type.ShouldBe(DataType.Number);
        Expression.ParseCondition("plan.ok", TestScope.Names).IsTrue(Scope).ShouldBeFalse();
    }

    [Fact]
    public void Visits_is_not_on_offer_where_there_are_no_nodes()
    {
        var names = new ExpressionNames(new Dictionary<string, DataType> { ["call"] = DataType.Number }, []);

        Should.Throw<ExpressionException>(() => Expression.Parse("visits('code') > 1", names)).Message.ShouldContain("visits");
    }

    [Fact]
    public void An_expression_parsed_without_names_is_checked_when_they_are_known()
    {
        Expression expression = Expression.Parse("tset.exitCode == 0", ExpressionNames.Unchecked);

        expression.Type.ShouldBe(DataType.Boolean);
        Should.Throw<ExpressionException>(() => expression.Check(TestScope.Names)).Position.ShouldBe(0);
    }

    [Fact]
    public void Size_and_depth_are_bounded()
    {
        Should.Throw<ExpressionException>(() => Parse(new string('(', 65) + "1" + new string(')', 65))).Message.ShouldContain("64 deep");
        Should.Throw<ExpressionException>(() => Parse(string.Join(" + ", Enumerable.Repeat("1", 300)))).Message.ShouldContain("256 parts");
        Should.Throw<ExpressionException>(() => Parse("'" + new string('a', 5_000) + "'")).Message.ShouldContain("4096 characters");
        Should.Throw<ExpressionException>(() => Parse(new string('!', 4_000) + "true")).Message.ShouldContain("256 parts");
        Should.Throw<ExpressionException>(() => Parse(new string('9', 400))).Message.ShouldContain("too large");
        static Expression Parse(string text) => Expression.Parse(text, TestScope.Names);
    }

    [Fact]
    public void The_engines_loop_condition_allocates_nothing()
    {
        Expression loop = Expression.Parse("visits('code') < 10000 and test.exitCode == 0 and not contains(test.output, 'x')", TestScope.Names);
        var scope = new FixedScope(ExpressionValue.From((JsonNode)new JsonObject { ["exitCode"] = 0, ["output"] = "ok", ["passed"] = true }));
        loop.IsTrue(scope).ShouldBeTrue();

        // the runtime allocates when it compiles a method anew, which happens once: not every round can have it
        long[] allocated = [.. Enumerable.Range(0, 5).Select(_ => Allocated())];

        allocated.Min().ShouldBe(0);

        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            int taken = 0;
            for (int i = 0; i < 10_000; i++)
                taken += loop.IsTrue(scope) ? 1 : 0;
            long after = GC.GetAllocatedBytesForCurrentThread();
            taken.ShouldBe(10_000);
            return after - before;
        }
    }

    private sealed class FixedScope(ExpressionValue test) : IExpressionScope
    {
        public ExpressionValue Find(string name) => test;

        public int Visits(string node) => 3;
    }
}
