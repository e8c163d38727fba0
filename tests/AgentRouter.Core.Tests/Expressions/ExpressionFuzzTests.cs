using AgentRouter.Expressions;
using CsCheck;

namespace AgentRouter.Core.Tests.Expressions;

public class ExpressionFuzzTests
{
    private static readonly string[] Pieces =
    [
        "test", "inputs", "items", "words", "plan", ".", ".exitCode", ".name", "[", "]", "[0]", "(", ")", "'", "\"", "'a'", "1", "0.5", "9e9",
        "and", "or", "not", "&&", "||", "!", "==", "!=", "<", "<=", ">", ">=", "+", "-", "=", ",", "contains(", "length(", "visits('code')",
        "visits(", "true", "null", " ", "\\", "\n", "{{", "}}", "é", "\0", "\uD800",
    ];

    private static readonly Gen<string> Piece = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]);

    private static readonly Gen<string> Texts = Gen.OneOf(
        Piece.Array[0, 40].Select(pieces => string.Join(" ", pieces)),
        Piece.Array[0, 40].Select(string.Concat),
        Gen.String[0, 200]);

    private static readonly TestScope Scope = new("""{ "test": { "exitCode": 1 }, "items": [ { "name": "a" } ], "words": [ "a" ], "plan": [ null, true ] }""");

    [Fact]
    public void Any_text_is_an_expression_or_an_error_with_a_place_in_it()
    {
        Texts.Sample(
            text =>
            {
                try
                {
                    Expression.Parse(text, TestScope.Names).Evaluate(Scope).ToString().ShouldNotBeNull();
                }
                catch (ExpressionException exception)
                {
                    exception.Position.ShouldBeInRange(0, text.Length);
                    exception.Message.ShouldNotBeEmpty();
                }
            },
            iter: 20_000);
    }

    [Fact]
    public void Any_text_is_a_template_or_an_error_with_a_place_in_it() =>
        Texts.Sample(
            text =>
            {
                try
                {
                    Template.Parse(text, TestScope.Names).Render(Scope).ShouldNotBeNull();
                }
                catch (ExpressionException exception)
                {
                    exception.Position.ShouldBeInRange(0, text.Length);
                }
            },
            iter: 20_000);
}
