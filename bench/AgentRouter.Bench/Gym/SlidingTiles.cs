namespace AgentRouter.Bench.Gym;

/// <summary>Search: a 3×3 sliding puzzle, solved by beam search. A wider beam finds more; both have the same depth.</summary>
internal sealed class SlidingTiles : IGymGame
{
    private const int Side = 3;
    private const int Depth = 40;
    private const int Scrambles = 80;
    private static readonly int[] Widths = [2, 8, 24];
    private static readonly (int X, int Y)[] Moves = [(0, -1), (0, 1), (-1, 0), (1, 0)];

    public string Name => "sliding tiles";

    public IReadOnlyList<string> Solvers => ["beam 2", "beam 8", "beam 24"];

    public GymStep Play(Random random)
    {
        int[] board = Scramble(random, random.Next(Scrambles));
        return new GymStep(Distance(board) / 3, [.. Widths.Select(width => IsSolved(Search(board, width)))]);
    }

    private static int[] Scramble(Random random, int moves)
    {
        int[] board = [.. Enumerable.Range(0, Side * Side)];
        for (int i = 0; i < moves; i++)
        {
            int[][] next = [.. Neighbours(board)];
            board = next[random.Next(next.Length)];
        }

        return board;
    }

    private static int[] Search(int[] start, int width)
    {
        var seen = new HashSet<long> { Key(start) };
        List<int[]> beam = [start];
        for (int depth = 0; depth < Depth; depth++)
        {
            if (beam.Find(IsSolved) is { } solved)
                return solved;
            var next = new List<(int Distance, long Key, int[] Board)>();
            foreach (int[] board in beam)
            {
                foreach (int[] neighbour in Neighbours(board))
                {
                    long key = Key(neighbour);
                    if (seen.Add(key))
                        next.Add((Distance(neighbour), key, neighbour));
                }
            }

            if (next.Count == 0)
                break;
            beam = [.. next.OrderBy(entry => entry.Distance).ThenBy(entry => entry.Key).Take(width).Select(entry => entry.Board)];
        }

        return beam.Find(IsSolved) ?? start;
    }

    private static IEnumerable<int[]> Neighbours(int[] board)
    {
        int hole = Array.IndexOf(board, 0);
        foreach ((int x, int y) in Moves)
        {
            int column = hole % Side + x, row = hole / Side + y;
            if (column is < 0 or >= Side || row is < 0 or >= Side)
                continue;
            int[] next = [.. board];
            (next[hole], next[row * Side + column]) = (next[row * Side + column], 0);
            yield return next;
        }
    }

    private static bool IsSolved(int[] board)
    {
        for (int i = 0; i < board.Length; i++)
        {
            if (board[i] != i)
                return false;
        }

        return true;
    }

    private static int Distance(int[] board)
    {
        int sum = 0;
        for (int i = 0; i < board.Length; i++)
        {
            if (board[i] != 0)
                sum += Math.Abs(i % Side - board[i] % Side) + Math.Abs(i / Side - board[i] / Side);
        }

        return sum;
    }

    private static long Key(int[] board)
    {
        long key = 0;
        foreach (int tile in board)
            key = key * 9 + tile;
        return key;
    }
}
