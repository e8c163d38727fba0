using System.Collections.Frozen;

namespace AgentRouter.Memory.Text;

/// <summary>Forms of English words that no rule undoes: <c>went</c> is <c>go</c>, <c>mice</c> is <c>mouse</c>.</summary>
/// <remarks>From the lists of exceptions of WordNet 3.0 (Princeton University), see THIRD-PARTY-NOTICES.md.</remarks>
internal static class IrregularForms
{
    private const string Resource = "AgentRouter.Memory.Text.irregular-forms.txt";

    private static readonly FrozenDictionary<string, string> Forms = Load();
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Forms.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Gets the base form of an irregular one in lower case, or <see langword="null"/> for other words.</summary>
    public static string? BaseOf(ReadOnlySpan<char> word) => Lookup.TryGetValue(word, out string? form) ? form : null;

    private static FrozenDictionary<string, string> Load()
    {
        using Stream stream = typeof(IrregularForms).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var forms = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.IndexOf(' ') is > 0 and var space)
                forms.TryAdd(line[..space], line[(space + 1)..]);
        }

        return forms.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
