using System.Text;

namespace AgentRouter.CrashWorker.Work;

/// <summary>A file of lines that survives the death of the process: each line is one write, made before the call that adds it returns. Thread-safe.</summary>
public sealed class LineLog(string file)
{
    private readonly Lock _lock = new();

    /// <summary>Adds a line.</summary>
    public void Add(string line)
    {
        lock (_lock)
        {
            using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
    }

    /// <summary>Reads all lines.</summary>
    public IReadOnlyList<string> Read() => File.Exists(file) ? File.ReadAllLines(file) : [];
}
