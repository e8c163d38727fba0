using AgentRouter.Onnx.Tokenizing.Unicode;

namespace AgentRouter.Onnx.Tests.Tokenizing.Unicode;

public sealed class CanonicalFormsTests
{
    [Theory]
    [InlineData("é", "e\u0301")]
    [InlineData("ệ", "e\u0323\u0302")]
    [InlineData("한글", "\u1112\u1161\u11ab\u1100\u1173\u11af")]
    [InlineData("Å", "A\u030a")]
    [InlineData("plain", "plain")]
    public void Characters_are_taken_apart_and_put_together(string composed, string decomposed)
    {
        CanonicalForms.Decompose(composed).ShouldBe(decomposed);
        CanonicalForms.Compose(decomposed).ShouldBe(composed);
    }

    [Theory]
    [InlineData("\u212b", "Å")]
    [InlineData("a\u0302\u0323", "ậ")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("a\u0301\u0301", "á\u0301")]
    [InlineData("\u0301a", "\u0301a")]
    [InlineData("가\u11a8", "각")]
    public void Form_c_orders_marks_and_leaves_what_is_excluded(string text, string composed) => CanonicalForms.Compose(text).ShouldBe(composed);
}
