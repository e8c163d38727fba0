using System.Text;

namespace AgentRouter.Skills.Use;

/// <summary>Counts the tokens of skills: one for every four bytes, whichever model reads them.</summary>
/// <remarks>Tokenizers make three to five bytes of English prose and of code one token. The limit bounds what is put before a model; what a call costs is
/// counted by the model's own tokenizer.</remarks>
internal static class SkillTokens
{
    public const int BytesPerToken = 4;

    public static int Of(ReadOnlySpan<char> text) => (Encoding.UTF8.GetByteCount(text) + BytesPerToken - 1) / BytesPerToken;
}
