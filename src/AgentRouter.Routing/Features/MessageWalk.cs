using AgentRouter.Prompts;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Features;

/// <summary>Counts while the messages of a step are walked through, the first one first.</summary>
internal ref struct MessageWalk
{
    /// <summary>The most tools that are told apart.</summary>
    public const int MaxTools = 32;

    /// <summary>The most recent calls that are compared with each other.</summary>
    public const int MaxCalls = 32;

    // a loop of an agent is a call and a result: eight rounds
    private const int RepetitionMessages = 16;

    private readonly int _count;
    private readonly Span<uint> _tools;
    private readonly Span<ulong> _calls;
    private int _callsKept;

    /// <summary>Begins a walk.</summary>
    /// <param name="count">The number of messages.</param>
    /// <param name="tools">Room for <see cref="MaxTools"/> names.</param>
    /// <param name="calls">Room for <see cref="MaxCalls"/> calls.</param>
    public MessageWalk(int count, Span<uint> tools, Span<ulong> calls)
    {
        _count = count;
        _tools = tools;
        _calls = calls;
    }

    public int ToolResults { get; private set; }
    public int RecentErrors { get; private set; }
    public int ErrorsInARow { get; private set; }
    public int ToolCalls { get; private set; }
    public int DistinctTools { get; private set; }
    public int RepeatedCalls { get; private set; }
    public int Answers { get; private set; }
    public long AnswersLength { get; private set; }
    public int LastAnswerLength { get; private set; }
    public long TotalLength { get; private set; }
    public bool HasImages { get; private set; }

    /// <summary>Gets a value indicating whether the message before was a tool's result.</summary>
    public bool InToolLoop { get; private set; }

    /// <summary>Gets the last user message, those that a client of the pipeline has put there aside.</summary>
    public ChatMessage? Prompt { get; private set; }

    /// <summary>Gets the characters of the last user message.</summary>
    public int PromptLength { get; private set; }

    /// <summary>Counts a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="index">Its place, from 0.</param>
    public void Add(ChatMessage message, int index)
    {
        IList<AIContent> contents = message.Contents;
        int length = 0, said = 0;
        InToolLoop = false;
        for (int i = 0; i < contents.Count; i++)
        {
            switch (contents[i])
            {
                case TextContent text:
                    said += text.Text.Length;
                    break;
                case FunctionCallContent call:
                    Call(call, index);
                    break;
                case FunctionResultContent result:
                    length += Result(result, index);
                    break;
                case DataContent data:
                    HasImages |= data.HasTopLevelMediaType("image");
                    break;
                case UriContent uri:
                    HasImages |= uri.HasTopLevelMediaType("image");
                    break;
            }
        }

        length += said;
        TotalLength += length;
        if (message.Role == ChatRole.User && !AppendedText.IsAllOf(message))
            (Prompt, PromptLength) = (message, length);
        else if (message.Role == ChatRole.Assistant && said > 0)
            Answer(said);
    }

    private void Answer(int length)
    {
        Answers++;
        AnswersLength += length;
        LastAnswerLength = length;
    }

    private int Result(FunctionResultContent result, int index)
    {
        InToolLoop = true;
        ToolResults++;
        bool isError = result.Exception is not null || ToolResultText.ReportsError(result.Result);
        ErrorsInARow = isError ? ErrorsInARow + 1 : 0;
        if (isError && index >= _count - StepFeatureExtractor.RecentMessages)
            RecentErrors++;
        return ToolResultText.LengthOf(result.Result);
    }

    private void Call(FunctionCallContent call, int index)
    {
        ToolCalls++;
        uint tool = ToolCallHash.OfName(call.Name);
        if (DistinctTools < MaxTools && !_tools[..DistinctTools].Contains(tool))
            _tools[DistinctTools++] = tool;
        if (index < _count - RepetitionMessages || ToolCallHash.Of(tool, call.Arguments) is not { } hash)
            return;
        if (_calls[.._callsKept].Contains(hash))
            RepeatedCalls++;
        else if (_callsKept < MaxCalls)
            _calls[_callsKept++] = hash;
    }
}
