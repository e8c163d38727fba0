namespace AgentRouter.Cli.Hosting;

/// <summary>The folder of a run's files, with the copy of its workspace, as it is deleted with the run.</summary>
internal static class RunFiles
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <summary>Deletes the folder, if there is one. Links in it are deleted, never what they lead to; so is a link in the folder's place.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="cancellationToken">Stops the counting; nothing is deleted then.</param>
    /// <returns>The bytes of the files that are deleted; <see langword="null"/> where there was no folder.</returns>
    /// <exception cref="IOException">A file cannot be deleted; the message names the folder. What was deleted before stays so.</exception>
    public static long? Delete(string folder, CancellationToken cancellationToken)
    {
        var files = new DirectoryInfo(folder);
        if (!files.Exists)
            return null;
        long bytes = 0;
        if (files.LinkTarget is null)
        {
            foreach (FileInfo file in files.EnumerateFiles("*", Everything))
            {
                cancellationToken.ThrowIfCancellationRequested();
                bytes += file.Length;
            }
        }

        try
        {
            files.Delete(recursive: files.LinkTarget is null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The run is deleted, but not all of its files in {folder}: {exception.Message} Delete that folder by hand.", exception);
        }

        return bytes;
    }
}
