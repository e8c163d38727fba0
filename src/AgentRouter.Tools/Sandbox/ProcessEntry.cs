using System.Globalization;

namespace AgentRouter.Tools.Sandbox;

/// <summary>A process as <c>/proc/ID/stat</c> describes it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ParentId">Its parent's id.</param>
/// <param name="Session">The id of its session.</param>
/// <param name="StartTime">When it started, in ticks since the system did: with the id, this names a process for good.</param>
/// <param name="ResidentBytes">The memory it holds.</param>
/// <param name="IsDead">Whether it has ended and only waits for its parent to notice.</param>
/// <param name="IsKernelThread">Whether it is a part of the system that runs no program.</param>
internal sealed record ProcessEntry(int Id, int ParentId, int Session, ulong StartTime, long ResidentBytes, bool IsDead, bool IsKernelThread)
{
    // places after the command, which is in brackets and may hold spaces: see proc(5)
    private const int State = 0;
    private const int Parent = 1;
    private const int SessionPlace = 3;
    private const int Flags = 6;
    private const int Start = 19;
    private const int ResidentPages = 21;
    private const uint KernelThread = 0x00200000;

    /// <summary>Reads a stat line.</summary>
    public static ProcessEntry? Parse(int id, string stat)
    {
        int end = stat.LastIndexOf(')');
        if (end < 0 || end + 2 >= stat.Length) return null;
        string[] fields = stat[(end + 2)..].Split(' ');
        if (fields.Length <= ResidentPages) return null;

        return new ProcessEntry(
            id,
            int.Parse(fields[Parent], CultureInfo.InvariantCulture),
            int.Parse(fields[SessionPlace], CultureInfo.InvariantCulture),
            ulong.Parse(fields[Start], CultureInfo.InvariantCulture),
            long.Parse(fields[ResidentPages], CultureInfo.InvariantCulture) * Environment.SystemPageSize,
            fields[State] is "Z" or "X",
            (uint.Parse(fields[Flags], CultureInfo.InvariantCulture) & KernelThread) != 0);
    }
}
