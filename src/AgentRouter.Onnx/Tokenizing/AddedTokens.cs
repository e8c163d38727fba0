using AgentRouter.Configuration;
using AgentRouter.Onnx.Folders;

namespace AgentRouter.Onnx.Tokenizing;

/// <summary>Keeps whole what was added to a vocabulary without being special, such as <c>&lt;tool_call&gt;</c> or a run of blanks: the longest that stands first.</summary>
internal sealed class AddedTokens : ITextTokenizer
{
    private readonly ITextTokenizer _between;
    private readonly (string Text, int Id)[] _added;

    private AddedTokens(ITextTokenizer between, (string Text, int Id)[] added) => (_between, _added) = (between, added);

    /// <summary>Reads them from <c>tokenizer.json</c>.</summary>
    /// <param name="json">The file.</param>
    /// <param name="tokenizer">What cuts the text between them.</param>
    /// <param name="canHave">Whether texts are cut alike with something taken out of them.</param>
    /// <exception cref="ConfigurationException">One of them is found by a rule that is not known.</exception>
    public static ITextTokenizer Around(ModelJson json, ITextTokenizer tokenizer, bool canHave)
    {
        ModelJson[] added = [.. json["added_tokens"]?.Items.Where(token => token["special"]?.Flag != true) ?? []];
        if (added.Length == 0)
            return tokenizer;
        foreach (ModelJson token in added)
        {
            if (!canHave || token["lstrip"]?.Flag == true || token["rstrip"]?.Flag == true || token["single_word"]?.Flag == true || token.Required("content").Text.Length == 0)
                throw token.Unsupported("a token that was added without being special is found by a rule that is not known");
        }

        return new AddedTokens(tokenizer, [.. added.Select(token => (token.Required("content").Text, token.Required("id").Number)).OrderByDescending(token => token.Text.Length)]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Encode(string text)
    {
        var ids = new List<int>();
        int start = 0;
        for (int at = 0; at < text.Length;)
        {
            (string found, int id) = Array.Find(_added, token => text.AsSpan(at).StartsWith(token.Text, StringComparison.Ordinal));
            if (found is null)
            {
                at++;
                continue;
            }

            ids.AddRange(_between.Encode(text[start..at]));
            ids.Add(id);
            start = at += found.Length;
        }

        ids.AddRange(_between.Encode(text[start..]));
        return ids;
    }
}
