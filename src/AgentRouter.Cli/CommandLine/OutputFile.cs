using System.Text.Json;

namespace AgentRouter.Cli.CommandLine;

/// <summary>A file that a command will write, checked before the work that it is for: what would fail then, or lose something, is refused now.</summary>
internal static class OutputFile
{
    private const int MostOfFormat = 1_000;

    /// <summary>Checks that a file can be written.</summary>
    /// <param name="context">The world.</param>
    /// <param name="path">The file as <c>--out</c> names it.</param>
    /// <param name="inputs">The files that are read, as they were named.</param>
    /// <returns>The absolute path.</returns>
    /// <exception cref="UsageException">It is a folder, lies in none, is packed, is an input, or cannot be written.</exception>
    public static string Check(CliContext context, string path, params IEnumerable<string> inputs)
    {
        string file = context.Resolve(path);
        if (Directory.Exists(file))
            throw new UsageException($"--out {path} is a folder. Name a file in it.");
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"--out {path}: what is written is not packed. Leave .gz out, and pack the file afterwards.");
        if (inputs.Any(input => context.Resolve(input) == file))
            throw new UsageException($"--out {path} is read by the same command, and would be lost. Name another file.");
        string folder = Path.GetDirectoryName(file)!;
        if (!Directory.Exists(folder))
            throw new UsageException($"--out {path}: there is no folder {folder}. Make it, or name a file elsewhere.");
        RequireWritable(file, folder, path);
        return file;
    }

    /// <summary>Refuses to replace a file that was not written for the same.</summary>
    /// <param name="file">The absolute path.</param>
    /// <param name="path">The file as <c>--out</c> names it.</param>
    /// <param name="format">What the <c>format</c> of such files begins with.</param>
    /// <exception cref="UsageException">There is another file.</exception>
    public static void RequireFormat(string file, string path, string format)
    {
        if (File.Exists(file) && new FileInfo(file).Length > 0 && FormatOf(file)?.StartsWith(format, StringComparison.Ordinal) != true)
            throw new UsageException($"--out {path} is there and is something else: its 'format' is not '{format}'. It would be lost; name another file, or delete it.");
    }

    private static void RequireWritable(string file, string folder, string path)
    {
        try
        {
            if (File.Exists(file))
            {
                using FileStream probe = File.OpenWrite(file);
            }
            else
            {
                string probe = Path.Combine(folder, Path.GetRandomFileName());
                using FileStream made = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--out {path} cannot be written: {error.Message} Name another file.", error);
        }
    }

    // the format stands first in what is written, so that the beginning of the file is enough
    private static string? FormatOf(string file)
    {
        using FileStream stream = File.OpenRead(file);
        byte[] beginning = new byte[MostOfFormat];
        int length = stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        var json = new Utf8JsonReader(beginning.AsSpan(0, length), isFinalBlock: false, default);
        try
        {
            bool isFormat = json.Read() && json.TokenType == JsonTokenType.StartObject && json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("format");
            return isFormat && json.Read() && json.TokenType == JsonTokenType.String ? json.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
