using System.Runtime.CompilerServices;
using System.Text;

namespace AgentRouter.Workflows.Runs;

/// <summary>A line of a record.</summary>
/// <param name="Text">The line without its end.</param>
/// <param name="Number">Its number, from 1.</param>
/// <param name="IsWhole">Whether it has its line end: a line without one was cut off.</param>
/// <param name="IsLast">Whether nothing follows.</param>
internal readonly record struct JsonLine(string Text, int Number, bool IsWhole, bool IsLast);

/// <summary>Reads lines and knows whether the last one is whole.</summary>
internal static class JsonLinesFile
{
    private const int BufferSize = 16_384;

    // far above what bounded events need; a file with longer lines is not a record
    private const int MaxLineBytes = 4 << 20;

    public static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);

    public static async IAsyncEnumerable<JsonLine> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using FileStream file = Open(path);
        var line = new MemoryStream();
        byte[] buffer = new byte[BufferSize];
        string? held = null;
        int number = 0, read;
        while ((read = await file.ReadAsync(buffer, cancellationToken)) > 0)
        {
            int start = 0;
            for (int end; (end = Array.IndexOf(buffer, (byte)'\n', start, read - start)) >= 0; start = end + 1)
            {
                line.Write(buffer, start, end - start);
                if (held is not null)
                    yield return new JsonLine(held, number, true, false);
                held = Take(line);
                number++;
            }

            line.Write(buffer, start, read - start);
            if (line.Length > MaxLineBytes)
                throw new InvalidDataException($"{path}:{number + 1}: the line is longer than {MaxLineBytes / (1 << 20)} MiB; this is not the record of a run.");
        }

        bool torn = line.Length > 0;
        if (held is not null)
            yield return new JsonLine(held, number, true, !torn);
        if (torn)
            yield return new JsonLine(Take(line), number + 1, false, true);
    }

    private static string Take(MemoryStream line)
    {
        string text = Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length);
        line.SetLength(0);
        return text;
    }
}
