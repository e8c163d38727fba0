using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AgentRouter.Tools.Sandbox;

/// <summary>All processes that a command started, also those that left its process group and lost their parent.</summary>
/// <remarks>A process belongs to the tree when its parent does, when it is in the root's session, or when it carries the
/// marker in its environment. The last finds daemons, which have neither.</remarks>
/// <param name="rootId">The process that was started.</param>
/// <param name="marker">What its environment holds and no other's: <c>NAME=value</c>.</param>
internal sealed class ProcessTree(int rootId, string marker)
{
    private static readonly TimeSpan KillInterval = TimeSpan.FromMilliseconds(10);
    private const int KillRounds = 300;

    /// <summary>How often a process is looked at before its environment is believed: it may be its parent's, or not there yet.</summary>
    private const int YoungLooks = 10;

    private readonly byte[] _marker = Encoding.UTF8.GetBytes(marker);
    private readonly Dictionary<int, Known> _known = [];
    private readonly ulong _started = (Read(rootId) ?? Read(Environment.ProcessId))?.StartTime ?? 0;

    /// <summary>Gets a value indicating whether the system lets us see other processes' parents and memory.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && File.Exists("/proc/self/stat");

    /// <summary>Finds the members that are alive.</summary>
    public IReadOnlyList<ProcessEntry> Find() => Look().Members;

    /// <summary>Kills all members, and those they start meanwhile, until none is left.</summary>
    /// <returns>Whether none is left.</returns>
    public async Task<bool> KillAsync()
    {
        int emptyLooks = 0;
        for (int round = 0; round < KillRounds; round++)
        {
            (List<ProcessEntry> members, bool isWhole) = Look();
            emptyLooks = members.Count == 0 ? emptyLooks + 1 : 0;
            // on a busy machine strangers end during every look
            if (members.Count == 0 && (isWhole || emptyLooks == YoungLooks)) return true;
            foreach (ProcessEntry member in members) Kill(member);
            // the system's clock, since these are the system's processes
            await Task.Delay(KillInterval, TimeProvider.System).ConfigureAwait(false);
        }

        return false;
    }

    /// <summary>Finds the members that are alive, and tells whether there can be no others.</summary>
    /// <remarks>The system lists its processes first, and each is read later. One that ended between the two may have been a member, and may have started
    /// another that is not in the list: a daemon is started in just this way.</remarks>
    private (List<ProcessEntry> Members, bool IsWhole) Look()
    {
        var all = new List<ProcessEntry>();
        bool isWhole = true;
        foreach (int id in List())
        {
            if (Read(id) is { } entry) all.Add(entry);
            else isWhole = false;
        }

        var members = new Dictionary<int, ProcessEntry>();
        foreach (ProcessEntry entry in all)
        {
            bool? isMarked = entry.Id == rootId || entry.Session == rootId ? true : IsMarked(entry);
            if (isMarked == true) members[entry.Id] = entry;
            isWhole &= isMarked is not null;
        }

        bool grew = true;
        while (grew)
        {
            grew = false;
            foreach (ProcessEntry entry in all)
            {
                if (members.ContainsKey(entry.ParentId) && members.TryAdd(entry.Id, entry)) grew = true;
            }
        }

        // a dead one tells nothing any more, but it was alive when the list was made unless the last look saw it dead
        isWhole &= all.All(entry => !entry.IsDead || entry.StartTime < _started || (IsKnown(entry, out Known known) && known.IsDead));
        Remember(all, members);
        return ([.. members.Values.Where(entry => !entry.IsDead)], isWhole);
    }

    private static void Kill(ProcessEntry entry)
    {
        try
        {
            using var process = Process.GetProcessById(entry.Id);
            // the id may have been given to a stranger since we looked
            if (Read(entry.Id) is { } now && now.StartTime == entry.StartTime) process.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // it ended by itself, or became another user's: then the next look tells
        }
    }

    private static IEnumerable<int> List()
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int id)) yield return id;
        }
    }

    private static ProcessEntry? Read(int id)
    {
        try
        {
            return ProcessEntry.Parse(id, File.ReadAllText($"/proc/{id}/stat"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Tells whether a process carries the marker, or null for one that cannot tell yet.</summary>
    private bool? IsMarked(ProcessEntry entry)
    {
        int looks = 0;
        if (IsKnown(entry, out Known known))
        {
            if (known.IsMember) return true;
            looks = known.Looks;
        }

        // a process shows its parent's environment until it runs its own program, so "no" is not remembered for young ones
        if (looks >= YoungLooks) return false;
        bool? hasMarker = HasMarker(entry.Id);
        // and none at all for the moment in which the system loads that program: by then its parent and its session may be others
        return hasMarker is null && (entry.StartTime < _started || entry.IsDead || entry.IsKernelThread) ? false : hasMarker;
    }

    /// <summary>Looks for the marker in a process's environment; null when it has none, or none that we may read.</summary>
    private bool? HasMarker(int id)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle($"/proc/{id}/environ");
            byte[] buffer = new byte[64 * 1024];
            int length = 0;
            int read;
            while (length < buffer.Length && (read = RandomAccess.Read(handle, buffer.AsSpan(length), length)) > 0) length += read;
            return length == 0 ? null : buffer.AsSpan(0, length).IndexOf(_marker) >= 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // it ended since its state was read, or it is not ours to look into, as what ends with its namespace may be
            return null;
        }
    }

    private void Remember(List<ProcessEntry> all, Dictionary<int, ProcessEntry> members)
    {
        foreach (ProcessEntry entry in all)
        {
            int looks = IsKnown(entry, out Known known) ? known.Looks + 1 : 1;
            _known[entry.Id] = new Known(entry.StartTime, members.ContainsKey(entry.Id), entry.IsDead, looks);
        }
    }

    private bool IsKnown(ProcessEntry entry, out Known known) => _known.TryGetValue(entry.Id, out known) && known.StartTime == entry.StartTime;

    private readonly record struct Known(ulong StartTime, bool IsMember, bool IsDead, int Looks);
}
