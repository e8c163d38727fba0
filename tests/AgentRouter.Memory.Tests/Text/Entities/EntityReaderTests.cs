using AgentRouter.Memory.Text.Entities;
using AgentRouter.Memory.Text.Times;
using AgentRouter.Memory.Text.Tokens;
using CsCheck;

namespace AgentRouter.Memory.Tests.Text.Entities;

public sealed class EntityReaderTests
{
    [Theory]
    [InlineData("I met Anna Fischer in Köln.", "name:anna fischer name:koln")]
    [InlineData("We read The Lord of the Rings.", "name:lord of the rings")]
    [InlineData("Ludwig van Beethoven lived here", "name:ludwig van beethoven")]
    [InlineData("I saw J. K. Rowling and Jean-Luc Picard", "name:j k rowling name:jean luc picard")]
    [InlineData("That is Zoë's dog and Müller’s cat.", "name:zoe name:muller")]
    [InlineData("They went to Anna's London flat", "name:anna name:london")]
    [InlineData("Hey Caroline! Good to see you!", "name:caroline")]
    [InlineData("Wow, great. Thanks! Running is fun. Really?", "")]
    [InlineData("Afterwards Sabine Berg left the firm.", "name:sabine berg")]
    [InlineData("Später ging sie. Dann Peter Maier.", "name:peter maier")]
    [InlineData("Berlin is big.", "name:berlin")]
    [InlineData("Working hard. I like Working, the film.", "")]
    [InlineData("Jumping? I love Jumping there", "name:jumping name:jumping")]
    [InlineData("When I met Ben", "name:ben")]
    [InlineData("a LGBTQ group at NASA", "name:lgbtq name:nasa")]
    [InlineData("THIS IS ALL SHOUTED IN BERLIN", "")]
    [InlineData("Mr. Smith asked Dr. Jones", "name:mr smith name:dr jones")]
    [InlineData("I love O'Brien and Marks & Spencer", "name:o brien name:marks spencer")]
    public void Names_are_capitalised_words(string text, string keys) => Keys(text).ShouldBe(keys);

    [Theory]
    [InlineData("call parse_args() and getUser, then MemoryStore", "code:parse_args code:getuser code:memorystore")]
    [InlineData("see System.Text.Json or run `npm install`.", "code:system.text.json code:npm install")]
    [InlineData("no code: e.g. this, i.e. that. U.S. law. end.Then McDonald", "name:u s name:mcdonald")]
    [InlineData("in src/app.cs:12, C:\\x\\y.txt, /etc/hosts and ./run", "path:src/app.cs path:c:/x/y.txt path:/etc/hosts path:run")]
    [InlineData("he and/or she w/ 24/7", "")]
    [InlineData("see https://www.Example.org/A/b?x=1#y, example.com/z and (http://a.de).", "url:example.org/a/b url:example.com/z url:a.de")]
    [InlineData("write to <Anna.F@Example.org>!", "mail:anna.f@example.org")]
    [InlineData("v2.3.1 or 10.0.4 costs $1,200 for order 4711, 50€, #42, 3.5 and 12", "number:2.3.1 number:10.0.4 number:$1200 number:4711 number:€50 number:#42")]
    public void Code_paths_pages_and_numbers_have_keys_of_their_own(string text, string keys) => Keys(text).ShouldBe(keys);

    [Fact]
    public void Days_are_things_too() =>
        Keys("On 8 May, 2023 we left, and in June 2023 we came back.").ShouldBe("date:2023-05-08 date:2023-06-01/2023-06-30");

    [Fact]
    public void Any_text_can_be_read_and_things_lie_inside_it() =>
        Gen.OneOf(Gen.Char.Array[0, 80].Select(chars => new string(chars)), Gen.String[Gen.Char["aA.`/\\@_$1() \n'-&\ud83d\ude00é#"], 0, 60]).Sample(
            text =>
            {
                foreach (Entity entity in Read(text))
                {
                    entity.Start.ShouldBeGreaterThanOrEqualTo(0);
                    entity.Length.ShouldBeGreaterThan(0);
                    entity.End.ShouldBeLessThanOrEqualTo(text.Length);
                    entity.Key.ShouldNotBeNullOrWhiteSpace();
                }
            },
            iter: 3_000);

    [Theory]
    [InlineData("`")]
    [InlineData("A.")]
    [InlineData("A of the ")]
    [InlineData("a/")]
    [InlineData("2023-")]
    [InlineData("$1,")]
    public void A_long_text_that_only_repeats_itself_is_read_in_the_end(string piece) =>
        Should.NotThrow(() => Read(string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length))));

    private static string Keys(string text) => string.Join(' ', Read(text).OrderBy(entity => entity.Start).Select(entity => entity.Key));

    private static List<Entity> Read(string text)
    {
        (var tokens, var times, var found) = (new List<TextToken>(), new List<TimeExpression>(), new List<Entity>());
        TextTokens.Read(text, tokens);
        TimeExpressions.Find(text, tokens, null, isPast: false, times);
        new EntityReader().Read(text, tokens, times, found);
        return found;
    }
}
