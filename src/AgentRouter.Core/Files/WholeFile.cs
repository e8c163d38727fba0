using System.Globalization;

namespace AgentRouter.Files;

/// <summary>Replaces files as a whole: a reader sees the old one or the new one, and what cannot be finished leaves nothing behind.</summary>
/// <remarks>Of two processes that write the same file, the last one stands.</remarks>
internal static class WholeFile
{
    /// <summary>Writes a file beside its place, and moves it there.</summary>
    /// <param name="path">The file; its folder is there.</param>
    /// <param name="write">Writes the file of the name that it is given.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public static void Replace(string path, Action<string> write)
    {
        string temporary = Beside(path);
        try
        {
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <inheritdoc cref="Replace"/>
    public static async Task ReplaceAsync(string path, Func<string, Task> write)
    {
        string temporary = Beside(path);
        try
        {
            await write(temporary).ConfigureAwait(false);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static string Beside(string path) => string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.tmp");
}
