namespace AgentRouter.Bench.Gym;

/// <summary>Repair: a random graph whose three colours are in conflict, repaired by min-conflicts. A dearer solver may repair longer.</summary>
internal sealed class GraphColouring : IGymGame
{
    private const int Vertices = 24;
    private const int Colours = 3;
    private static readonly int[] Repairs = [15, 40, 400];

    public string Name => "graph colouring";

    public IReadOnlyList<string> Solvers => ["15 repairs", "40 repairs", "400 repairs"];

    public GymStep Play(Random random)
    {
        (bool[,] edges, int count) = Graph(random, 12 + random.Next(28));
        int[] start = [.. Enumerable.Range(0, Vertices).Select(_ => random.Next(Colours))];
        int seed = random.Next();
        return new GymStep(count / 6, [.. Repairs.Select(repairs => Conflicts(edges, Repair(edges, start, repairs, new Random(seed))) == 0)]);
    }

    // a hidden colouring makes sure that there is a solution
    private static (bool[,] Edges, int Count) Graph(Random random, int wanted)
    {
        int[] hidden = [.. Enumerable.Range(0, Vertices).Select(_ => random.Next(Colours))];
        var edges = new bool[Vertices, Vertices];
        int count = 0;
        for (int i = 0; i < wanted * 4 && count < wanted; i++)
        {
            int a = random.Next(Vertices), b = random.Next(Vertices);
            if (hidden[a] == hidden[b] || edges[a, b])
                continue;
            edges[a, b] = edges[b, a] = true;
            count++;
        }

        return (edges, count);
    }

    private static int[] Repair(bool[,] edges, int[] start, int repairs, Random random)
    {
        int[] colours = [.. start];
        for (int i = 0; i < repairs; i++)
        {
            int[] wrong = [.. Enumerable.Range(0, Vertices).Where(vertex => ConflictsOf(edges, colours, vertex, colours[vertex]) > 0)];
            if (wrong.Length == 0)
                break;
            int chosen = wrong[random.Next(wrong.Length)];
            int[] order = [.. Enumerable.Range(0, Colours)];
            random.Shuffle(order);
            colours[chosen] = order.MinBy(colour => ConflictsOf(edges, colours, chosen, colour));
        }

        return colours;
    }

    private static int Conflicts(bool[,] edges, int[] colours) =>
        Enumerable.Range(0, Vertices).Sum(vertex => ConflictsOf(edges, colours, vertex, colours[vertex]));

    private static int ConflictsOf(bool[,] edges, int[] colours, int vertex, int colour)
    {
        int conflicts = 0;
        for (int other = 0; other < Vertices; other++)
        {
            if (edges[vertex, other] && colours[other] == colour)
                conflicts++;
        }

        return conflicts;
    }
}
