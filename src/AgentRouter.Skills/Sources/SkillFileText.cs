using System.Text;

namespace AgentRouter.Skills.Sources;

/// <summary>Reads the text of a file that anybody may have written: bounded, strict UTF-8, no pipes and devices.</summary>
internal static class SkillFileText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What keeps it from being read, as a sentence, when something does.</param>
    /// <returns>The text with line feeds, or <see langword="null"/>.</returns>
    public static string? Read(string path, out string problem)
    {
        problem = "";
        try
        {
            // the length of pipes and devices is 0, and opening one could wait for ever
            long length = new FileInfo(path).Length;
            if (length == 0)
                problem = "The file is empty, or no regular file.";
            else if (length > SkillLimits.FileLength)
                problem = $"The file has {length:N0} bytes; at most {SkillLimits.FileLength:N0} are read. Move what is long into files beside it.";
            else
                return Decode(path, ref problem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"The file cannot be read: {e.Message}";
        }

        return null;
    }

    private static string? Decode(string path, ref string problem)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        // the file may have grown since its length was asked
        byte[] bytes = new byte[Math.Min(file.Length, SkillLimits.FileLength)];
        int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        try
        {
            string text = Strict.GetString(bytes, 0, read);
            if (!text.Contains('\0'))
                return text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        }
        catch (DecoderFallbackException)
        {
            // said below
        }

        problem = "The file is not UTF-8 text.";
        return null;
    }
}
