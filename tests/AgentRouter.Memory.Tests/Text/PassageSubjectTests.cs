using AgentRouter.Memory.Text;

namespace AgentRouter.Memory.Tests.Text;

public class PassageSubjectTests
{
    [Theory]
    [InlineData("The Harbour Bridge is a bridge in Sydney.", "Harbour Bridge")]
    [InlineData("Anna Maria Fischer (born 1920) was a painter.", "Anna Maria Fischer; Anna Fischer")]
    [InlineData("Wilhelmina \"Billie\" Fischer was a painter.", "Wilhelmina Fischer")]
    [InlineData("Karl Weber, better known as Charlie Smith, plays the horn.", "Karl Weber; Charlie Smith")]
    [InlineData("St. Mary's Church, built in 1300, is a church.", "St. Mary's Church")]
    [InlineData("In 1990 the company moved.", "")]
    [InlineData("it was raining.", "")]
    [InlineData("", "")]
    public void A_passage_is_about_the_subject_of_its_first_sentence(string passage, string names) => string.Join("; ", PassageSubject.Of(passage)).ShouldBe(names);
}
