using AgentRouter.Memory.Index;
using CsCheck;

namespace AgentRouter.Memory.Tests.Index;

public class KeyFilterTests
{
    [Fact]
    public void No_number_of_the_set_is_turned_away() =>
        Gen.ULong.Array[0, 2_000].Sample(keys => new KeyFilter(keys) is var filter && keys.All(filter.MayHold));

    [Fact]
    public void Nearly_all_other_numbers_are_turned_away()
    {
        var random = new Random(1);
        ulong[] keys = [.. Enumerable.Range(0, 5_000).Select(_ => (ulong)random.NextInt64() ^ ((ulong)random.NextInt64() << 20))];
        var filter = new KeyFilter(keys);
        Enumerable.Range(0, 10_000).Count(_ => filter.MayHold((ulong)random.NextInt64() * 3)).ShouldBeLessThan(300);
    }
}
