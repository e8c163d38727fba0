using AgentRouter.Memory.Use;
using AgentRouter.Prompts;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Context;

/// <summary>How one conversation is sent: what is left out of it, what takes its place, and what was put in between. Nothing of it changes between two compactions but that messages are added.</summary>
/// <remarks>Not thread-safe: whoever uses it holds the <see cref="ContextSlot.Gate"/> of its conversation.</remarks>
internal sealed class ContextState
{
    private readonly HashSet<ChatMessage> _leftOut;
    private readonly Dictionary<ChatMessage, ChatMessage> _shown;
    private readonly Dictionary<ChatMessage, List<ChatMessage>> _behind;
    private string? _summary;
    private int _summarized;

    public ContextState()
    {
        _leftOut = new(ReferenceEqualityComparer.Instance);
        _shown = new(ReferenceEqualityComparer.Instance);
        _behind = new(ReferenceEqualityComparer.Instance);
        Forgotten = [];
        Notes = [];
    }

    private ContextState(ContextState other)
    {
        _leftOut = new(other._leftOut, ReferenceEqualityComparer.Instance);
        _shown = new(other._shown, ReferenceEqualityComparer.Instance);
        _behind = new(other._behind.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToList())), ReferenceEqualityComparer.Instance);
        (_summary, _summarized) = (other._summary, other._summarized);
        (Rounds, Recalls, LastNote) = (other.Rounds, other.Recalls, other.LastNote);
        Forgotten = [.. other.Forgotten];
        Notes = new(other.Notes);
    }

    /// <summary>Gets how many rounds were left out.</summary>
    public int Rounds { get; private set; }

    /// <summary>Gets the summary of rounds that were left out, or <see langword="null"/> for none.</summary>
    public string? Summary => _summary;

    /// <summary>Gets a value indicating whether rounds that were left out are recalled.</summary>
    public bool Recalls { get; private set; }

    /// <summary>Gets what of the rounds that were left out is not in the memory yet, with the number of its first round.</summary>
    public List<(int FirstRound, IReadOnlyList<ChatMessage> Messages)> Forgotten { get; }

    /// <summary>Gets the notes that stand in the conversation, by scope and node, each with the message it stands in.</summary>
    public Dictionary<(string Scope, long Node), ChatMessage> Notes { get; }

    /// <summary>Gets the tokens of the notes that stand in the conversation.</summary>
    public int NoteTokens => Notes.Values.Distinct().Sum(block => MemoryPrompt.TokensOf(block.Text));

    /// <summary>Gets or sets the number of the last note.</summary>
    public int LastNote { get; set; }

    /// <summary>Tells whether these messages are the conversation that this is the state of: everything that was left out is in it.</summary>
    public bool Fits(IReadOnlyList<ChatMessage> messages) => _leftOut.Count == 0 || messages.Count(_leftOut.Contains) == _leftOut.Count;

    /// <summary>Gets the messages that are not left out, with those that were put in between.</summary>
    public List<ChatMessage> Staying(IReadOnlyList<ChatMessage> messages)
    {
        var staying = new List<ChatMessage>(messages.Count);
        foreach (ChatMessage message in messages)
        {
            if (!_leftOut.Contains(message))
                staying.Add(message);
            if (_behind.TryGetValue(message, out List<ChatMessage>? between))
                staying.AddRange(between);
        }

        return staying;
    }

    /// <summary>Gets what is sent in the place of a message: the same object each time.</summary>
    public ChatMessage Shown(ChatMessage message) => _shown.GetValueOrDefault(message, message);

    /// <summary>Gets what is sent in the place of a conversation.</summary>
    public IReadOnlyList<ChatMessage> View(IReadOnlyList<ChatMessage> messages) =>
        _leftOut.Count == 0 && _shown.Count == 0 && _behind.Count == 0 ? messages : Staying(messages).ConvertAll(Shown);

    /// <summary>Makes another state that goes on from here.</summary>
    public ContextState Copy() => new(this);

    /// <summary>Puts messages at the end of a conversation.</summary>
    /// <param name="last">The last message of the caller's.</param>
    /// <param name="messages">The messages.</param>
    public void Append(ChatMessage last, IEnumerable<ChatMessage> messages) => Behind(last).AddRange(messages);

    /// <summary>Puts a message before one that stays and is not the first.</summary>
    /// <param name="messages">The messages of the caller's.</param>
    /// <param name="before">The message that it stands before: the caller's or one that was put in between.</param>
    /// <param name="message">The message.</param>
    public void Insert(IReadOnlyList<ChatMessage> messages, ChatMessage before, ChatMessage message)
    {
        if (_behind.Values.FirstOrDefault(each => each.Contains(before)) is { } own)
        {
            own.Insert(own.IndexOf(before), message);
            return;
        }

        ChatMessage? last = null;
        foreach (ChatMessage each in messages)
        {
            if (ReferenceEquals(each, before))
                break;
            if (!_leftOut.Contains(each) || _behind.ContainsKey(each))
                last = each;
        }

        Behind(last!).Add(message);
    }

    /// <summary>Leaves rounds out.</summary>
    /// <param name="cut">What is left out.</param>
    /// <param name="summary">What takes its place and that of everything that was left out before; <see langword="null"/> for no new summary.</param>
    /// <param name="recalls">Whether it is recalled from now on.</param>
    /// <param name="keeps">Whether it may be recalled, now or later: then what is left out is kept until it is put into the memory.</param>
    public void Apply(ContextCut cut, string? summary, bool recalls, bool keeps)
    {
        foreach ((ChatMessage message, ChatMessage shorter) in cut.Shorter)
            _shown[message] = shorter;
        var gone = new HashSet<ChatMessage>(cut.LeftOut, ReferenceEqualityComparer.Instance);
        foreach ((ChatMessage after, List<ChatMessage> between) in _behind.ToArray())
        {
            // what was put in between belongs to no list of the caller's
            foreach (ChatMessage message in between.Where(gone.Contains).ToArray())
            {
                between.Remove(message);
                gone.Remove(message);
                Forget(message);
            }

            if (between.Count == 0)
                _behind.Remove(after);
        }

        _leftOut.UnionWith(gone);
        foreach (ChatMessage message in gone)
            _shown.Remove(message);
        if (keeps)
            Forgotten.Add((Rounds + 1, cut.LeftOut));
        Rounds += cut.Rounds;
        Recalls |= recalls;
        if (summary is not null)
            (_summary, _summarized) = (summary, Rounds);
        if (Rounds > 0)
            _shown[cut.Task] = AppendedText.To(cut.Task, ContextNote.Of(Rounds, _summary, _summarized, Recalls));
    }

    private List<ChatMessage> Behind(ChatMessage message) => _behind.TryGetValue(message, out List<ChatMessage>? between) ? between : _behind[message] = [];

    private void Forget(ChatMessage block)
    {
        foreach ((string, long) note in Notes.Where(note => ReferenceEquals(note.Value, block)).Select(note => note.Key).ToArray())
            Notes.Remove(note);
    }
}
