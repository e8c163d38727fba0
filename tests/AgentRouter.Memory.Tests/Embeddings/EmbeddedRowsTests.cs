using AgentRouter.Memory.Embeddings;

namespace AgentRouter.Memory.Tests.Embeddings;

public class EmbeddedRowsTests
{
    [Fact]
    public void What_all_texts_share_does_not_make_them_near()
    {
        var random = new Random(1);
        EmbeddedRows rows = Build(Enumerable.Range(1, 200).Select(id => (id, Vector(random))));

        float[] cosines = rows.Compare(Vector(random));

        // they all have 0.9 of one direction in common
        cosines.Average().ShouldBeInRange(-0.2f, 0.3f);
    }

    [Fact]
    public void Rows_that_come_later_are_measured_like_those_before()
    {
        var random = new Random(2);
        (int Id, float[] Vector)[] all = [.. Enumerable.Range(1, EmbeddedRows.Sample + 50).Select(id => (id, Vector(random)))];
        EmbeddedRows before = Build(all.Take(EmbeddedRows.Sample));
        var builder = new EmbeddedRows.Builder(before);
        foreach ((int id, float[] vector) in all.Skip(EmbeddedRows.Sample))
            builder.Add(id, vector);
        float[] question = Vector(random);

        EmbeddedRows grown = builder.Build();

        before.IsSettled.ShouldBeTrue();
        grown.Ids.ShouldBe(all.Select(each => each.Id));
        grown.Compare(question).ShouldBe(Build(all).Compare(question));
    }

    [Fact]
    public void Rows_that_are_gone_leave_the_others_as_they_were()
    {
        var random = new Random(3);
        EmbeddedRows rows = Build(Enumerable.Range(1, 20).Select(id => (id, Vector(random))));
        float[] question = Vector(random), before = rows.Compare(question);

        EmbeddedRows left = rows.Where(id => id % 3 != 0);

        left.Ids.ShouldBe(rows.Ids.Where(id => id % 3 != 0));
        left.RowOf(3).ShouldBeLessThan(0);
        left.Compare(question).ShouldBe(before.Where((_, at) => (at + 1) % 3 != 0));
        rows.Where(_ => true).ShouldBeSameAs(rows);
    }

    [Fact]
    public void Nothing_is_compared_with_nothing()
    {
        EmbeddedRows.None.Compare([1, 2]).ShouldBeEmpty();
        new EmbeddedRows.Builder().Build().Ids.ShouldBeEmpty();
    }

    private static EmbeddedRows Build(IEnumerable<(int Id, float[] Vector)> rows)
    {
        var builder = new EmbeddedRows.Builder();
        foreach ((int id, float[] vector) in rows)
            builder.Add(id, vector);
        return builder.Build();
    }

    private static float[] Vector(Random random)
    {
        float[] vector = [.. Enumerable.Range(0, 16).Select(at => at == 0 ? 2 : random.NextSingle() - 0.5f)];
        float length = MathF.Sqrt(vector.Sum(number => number * number));
        return [.. vector.Select(number => number / length)];
    }
}
