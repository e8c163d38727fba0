namespace AgentRouter.Cli.Commands.Memory.Show.Pages;

/// <summary>Places boxes so that what is linked is near and nothing lies on something else. The same graph has the same picture.</summary>
/// <remarks>Springs along the edges and repulsion between all, cooled down (T. M. J. Fruchterman and E. M. Reingold, "Graph drawing by force-directed placement",
/// 1991), from a spiral around the first box; then boxes that overlap are pushed apart.</remarks>
internal static class ForceLayout
{
    private const int Rounds = 300;
    private const int Pushes = 200;
    private const double Spring = 90;
    private const double Gravity = 0.08;
    private const double Gap = 12;

    // screens are wide, and so are texts
    private const double Wideness = 1.35;
    private static readonly double GoldenAngle = Math.PI * (3 - Math.Sqrt(5));

    /// <summary>Places boxes; the first one is in the middle.</summary>
    /// <param name="sizes">Half of the width and height of each.</param>
    /// <param name="edges">Which are linked.</param>
    public static IReadOnlyList<Box> Place(IReadOnlyList<(double HalfWidth, double HalfHeight)> sizes, IReadOnlyList<(int From, int To)> edges)
    {
        var x = new double[sizes.Count];
        var y = new double[sizes.Count];
        for (int i = 1; i < x.Length; i++)
            (x[i], y[i]) = (Spring * Math.Sqrt(i) * Math.Cos(i * GoldenAngle), Spring * Math.Sqrt(i) * Math.Sin(i * GoldenAngle));
        for (int round = 0; round < Rounds; round++)
            Move(x, y, edges, Spring * (1 - (round / (double)Rounds)));
        for (int i = 0; i < x.Length; i++)
            x[i] *= Wideness;
        for (int push = 0; push < Pushes && PushApart(x, y, sizes); push++)
        {
            // until nothing overlaps
        }

        return [.. sizes.Select((size, i) => new Box(x[i], y[i], size.HalfWidth, size.HalfHeight))];
    }

    private static void Move(double[] x, double[] y, IReadOnlyList<(int From, int To)> edges, double most)
    {
        var moveX = new double[x.Length];
        var moveY = new double[x.Length];
        for (int a = 0; a < x.Length; a++)
        {
            for (int b = a + 1; b < x.Length; b++)
                Pull(a, b, distance => -Spring * Spring / distance);
            (moveX[a], moveY[a]) = (moveX[a] - (x[a] * Gravity), moveY[a] - (y[a] * Gravity));
        }

        foreach ((int from, int to) in edges)
            Pull(from, to, distance => distance * distance / Spring);
        for (int i = 1; i < x.Length; i++)
        {
            double length = Math.Max(1, Math.Sqrt((moveX[i] * moveX[i]) + (moveY[i] * moveY[i])));
            double step = Math.Min(length, most) / length;
            (x[i], y[i]) = (x[i] + (moveX[i] * step), y[i] + (moveY[i] * step));
        }

        void Pull(int a, int b, Func<double, double> force)
        {
            (double dx, double dy) = (x[b] - x[a], y[b] - y[a]);
            double distance = Math.Max(1, Math.Sqrt((dx * dx) + (dy * dy)));
            double strength = force(distance) / distance;
            (moveX[a], moveY[a]) = (moveX[a] + (dx * strength), moveY[a] + (dy * strength));
            (moveX[b], moveY[b]) = (moveX[b] - (dx * strength), moveY[b] - (dy * strength));
        }
    }

    private static bool PushApart(double[] x, double[] y, IReadOnlyList<(double HalfWidth, double HalfHeight)> sizes)
    {
        bool pushed = false;
        for (int a = 0; a < x.Length; a++)
        {
            for (int b = a + 1; b < x.Length; b++)
            {
                double overX = sizes[a].HalfWidth + sizes[b].HalfWidth + Gap - Math.Abs(x[b] - x[a]);
                double overY = sizes[a].HalfHeight + sizes[b].HalfHeight + Gap - Math.Abs(y[b] - y[a]);
                if (overX <= 0 || overY <= 0)
                    continue;
                pushed = true;
                // the first one stays in the middle
                double share = a == 0 ? 0 : 0.5;
                double[] axis = overX < overY ? x : y;
                double push = Math.Min(overX, overY) * (axis[b] < axis[a] ? -1 : 1);
                (axis[a], axis[b]) = (axis[a] - (push * share), axis[b] + (push * (1 - share)));
            }
        }

        return pushed;
    }
}
