using AgentRouter.Tools.Planning;
using CsCheck;

namespace AgentRouter.Tools.Tests.Planning;

public sealed class FactSetTests
{
    [Fact]
    public void It_holds_what_a_set_would_hold() =>
        Gen.Select(Gen.Int[1, 200], Gen.Select(Gen.Int[0, 199], Gen.Bool).Array[0, 60]).Sample((count, changes) =>
        {
            var facts = new FactSet(count);
            var expected = new SortedSet<int>();
            foreach ((int fact, bool adds) in changes.Where(change => change.Item1 < count))
                (adds ? facts.Add(fact) : facts.Remove(fact)).ShouldBe(adds ? expected.Add(fact) : expected.Remove(fact));

            List(facts).ShouldBe(expected);
            List(facts.Clone()).ShouldBe(expected);
            facts.ContainsAll([.. expected]).ShouldBeTrue();
            facts.ContainsAll([.. Enumerable.Range(0, count)]).ShouldBe(expected.Count == count);
        });

    [Fact]
    public void A_copy_goes_its_own_way()
    {
        var facts = new FactSet(70);
        FactSet copy = facts.Clone();
        copy.Add(69);

        facts.Contains(69).ShouldBeFalse();
        copy.Contains(69).ShouldBeTrue();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_fact_beyond_the_last_is_refused(int fact) => Should.Throw<ArgumentOutOfRangeException>(() => new FactSet(3).Contains(fact));

    private static List<int> List(FactSet facts)
    {
        var list = new List<int>();
        foreach (int fact in facts)
            list.Add(fact);
        return list;
    }
}
