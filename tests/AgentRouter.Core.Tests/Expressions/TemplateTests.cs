using AgentRouter.Expressions;

namespace AgentRouter.Core.Tests.Expressions;

public class TemplateTests
{
    private static readonly TestScope Scope = new(
        """{ "inputs": { "issue": "{{ plan }}", "count": 3 }, "test": { "passed": true }, "words": [ "a", "<b>" ], "plan": { "x": 1.5 } }""");

    [Theory]
    [InlineData("", "")]
    [InlineData("no braces { here }", "no braces { here }")]
    [InlineData("{{ inputs.count }}", "3")]
    [InlineData("a {{inputs.count}} b {{ test.passed }}{{ plan.x }}", "a 3 b true1.5")]
    [InlineData("{{ words }} {{ plan }}", """["a","<b>"] {"x":1.5}""")]
    [InlineData("[{{ plan.nowhere }}]", "[]")]
    [InlineData("{{ '{{' }} and {{ '}}' }}", "{{ and }}")]
    public void Values_are_filled_in(string text, string expected) =>
        Template.Parse(text, TestScope.Names).Render(Scope).ShouldBe(expected);

    [Fact]
    public void What_is_filled_in_is_never_parsed_again() =>
        Template.Parse("{{ inputs.issue }}", TestScope.Names).Render(Scope).ShouldBe("{{ plan }}");

    [Fact]
    public void A_template_that_is_one_expression_keeps_the_type()
    {
        Template.Parse("{{ words }}", TestScope.Names).RenderValue(Scope).Kind.ShouldBe(ExpressionValueKind.List);
        Template.Parse(" {{ words }}", TestScope.Names).RenderValue(Scope).Kind.ShouldBe(ExpressionValueKind.Text);
        Template.Parse("{{ inputs.count }}", TestScope.Names).RenderValue(Scope).ToJson()!.ToJsonString().ShouldBe("3");
    }

    [Theory]
    [InlineData("ab {{ inputs.isue }}", 13, "Did you mean 'issue'?")]
    [InlineData("ab {{ ", 3, "'}}'")]
    [InlineData("ab {{ 'x }}", 3, "'}}'")]
    [InlineData("{{}}", 2, "empty")]
    public void An_error_counts_its_place_from_the_templates_start(string text, int position, string message)
    {
        ExpressionException exception = Should.Throw<ExpressionException>(() => Template.Parse(text, TestScope.Names));

        exception.Position.ShouldBe(position);
        exception.Message.ShouldContain(message);
    }

    [Fact]
    public void A_template_is_checked_when_the_names_are_known()
    {
        Template template = Template.Parse("ab {{ inputs.isue }}", ExpressionNames.Unchecked);

        Should.Throw<ExpressionException>(() => template.Check(TestScope.Names)).Position.ShouldBe(13);
        template.IsLiteral.ShouldBeFalse();
    }
}
