namespace AgentRouter.Cli.Commands.Memory.Show.Pages;

/// <summary>A box of a picture by its middle and half of its size, in pixels.</summary>
internal readonly record struct Box(double X, double Y, double HalfWidth, double HalfHeight)
{
    /// <summary>Finds where a line from the middle of the box towards a point leaves it.</summary>
    /// <param name="x">The point.</param>
    /// <param name="y">The point.</param>
    /// <param name="gap">How far outside of the box.</param>
    public (double X, double Y) Towards(double x, double y, double gap)
    {
        (double dx, double dy) = (x - X, y - Y);
        if (dx == 0 && dy == 0)
            return (X, Y);
        double share = Math.Min(1, Math.Min((HalfWidth + gap) / Math.Max(Math.Abs(dx), double.Epsilon), (HalfHeight + gap) / Math.Max(Math.Abs(dy), double.Epsilon)));
        return (X + (dx * share), Y + (dy * share));
    }
}
