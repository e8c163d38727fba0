using System.Globalization;

namespace AgentRouter.Memory.Ingestion.Readers;

/// <summary>Parts documents into passages: Markdown and plain text.</summary>
public static class DocumentReader
{
    /// <summary>The most characters of a passage, where its words allow it.</summary>
    public const int PassageLength = 1_200;

    private const int MostHeadings = 6;

    /// <summary>Parts a document. Passages end with paragraphs where they can, else with sentences' words; no word is cut that is shorter than a passage.</summary>
    /// <param name="key">The key of the source, such as the document's path.</param>
    /// <param name="text">The document.</param>
    /// <param name="title">Its title; the first heading is taken when it is not given.</param>
    /// <param name="time">When it was written, if that is known.</param>
    /// <returns>The source. Each passage has the headings above it as its title, <c>Guide &gt; Setup</c>, and a key of them, so that other sections may change.</returns>
    public static MemorySource Read(string key, string text, string? title = null, DateTimeOffset? time = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var document = new DocumentPassages();
        foreach (ReadOnlySpan<char> line in text.AsSpan().TrimStart('\uFEFF').EnumerateLines())
            document.Add(line);
        return new MemorySource { Key = key, Title = title ?? document.FirstHeading, Time = time, Items = document.Finish() };
    }

    // gathers paragraphs below headings
    private sealed class DocumentPassages
    {
        private readonly string?[] _headings = new string?[MostHeadings];
        private readonly List<MemoryItem> _items = [];
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
        private readonly System.Text.StringBuilder _passage = new();
        private readonly System.Text.StringBuilder _paragraph = new();
        private char _fence;

        public string? FirstHeading { get; private set; }

        public void Add(ReadOnlySpan<char> line)
        {
            ReadOnlySpan<char> content = line.TrimStart();
            bool isFence = content.StartsWith("```") || content.StartsWith("~~~");
            if (isFence && (_fence == '\0' || _fence == content[0]))
                _fence = _fence == '\0' ? content[0] : '\0';
            int level = _fence == '\0' ? Level(line) : 0;
            if (level > 0)
            {
                EndPassage();
                Open(level, line.Trim().Trim('#').Trim().ToString());
                return;
            }

            if (content.IsWhiteSpace())
            {
                EndParagraph();
                return;
            }

            if (_paragraph.Length > 0)
                _paragraph.Append('\n');
            _paragraph.Append(line.TrimEnd());
        }

        public List<MemoryItem> Finish()
        {
            EndPassage();
            return _items;
        }

        private static int Level(ReadOnlySpan<char> line)
        {
            int level = 0;
            while (level < line.Length && line[level] == '#')
                level++;
            return level is > 0 and <= MostHeadings && level < line.Length && line[level] is ' ' or '\t' ? level : 0;
        }

        private void Open(int level, string heading)
        {
            heading = heading.Length <= PassageLength / MostHeadings ? heading : heading[..(PassageLength / MostHeadings)];
            FirstHeading ??= heading;
            _headings[level - 1] = heading;
            Array.Clear(_headings, level, MostHeadings - level);
        }

        private void EndParagraph()
        {
            if (_paragraph.Length == 0)
                return;
            if (_passage.Length > 0 && _passage.Length + _paragraph.Length + 2 > PassageLength)
                Flush(0);
            if (_passage.Length > 0)
                _passage.Append("\n\n");
            _passage.Append(_paragraph);
            _paragraph.Clear();
            if (_passage.Length > PassageLength)
                Flush(PassageLength);
        }

        private void EndPassage()
        {
            EndParagraph();
            Flush(0);
        }

        // makes passages of what is gathered until at most so many characters are left
        private void Flush(int most)
        {
            string text = _passage.ToString();
            ReadOnlySpan<char> left = text;
            while (left.Length > most)
            {
                int end = End(left);
                AddPassage(left[..end].TrimEnd().ToString());
                left = left[end..].TrimStart();
            }

            _passage.Clear().Append(left);
        }

        private void AddPassage(string text)
        {
            string title = string.Join(" > ", _headings.Where(heading => !string.IsNullOrEmpty(heading)));
            string section = title.Replace('#', ' ').Replace('~', ' ');
            // keys are short: the last characters of long titles tell the most
            section = section.Length <= 200 ? section : section[^200..];
            section = SafeText.Of(section).Replace('\t', ' ');
            int place = _places[section] = _places.GetValueOrDefault(section) + 1;
            _items.Add(new MemoryItem
            {
                Key = string.Create(CultureInfo.InvariantCulture, $"{section}/{place}"),
                Title = title.Length > 0 ? title : null,
                Text = text,
            });
        }

        // the last sentence or else the last word that fits; a word that is longer than a passage is cut between characters
        private static int End(ReadOnlySpan<char> text)
        {
            if (text.Length <= PassageLength)
                return text.Length;
            int sentence = text[(PassageLength / 2)..PassageLength].LastIndexOf(". ");
            if (sentence >= 0)
                return (PassageLength / 2) + sentence + 1;
            int space = text[..(PassageLength + 1)].LastIndexOfAny(' ', '\n', '\t');
            if (space > 0)
                return space;
            return char.IsHighSurrogate(text[PassageLength - 1]) ? PassageLength - 1 : PassageLength;
        }
    }
}
