namespace AgentRouter.Skills.Text;

/// <summary>Walks over the lines of a skill's body and says which field each belongs to.</summary>
internal ref struct MarkdownFields(ReadOnlySpan<char> body)
{
    /// <summary>What is further down counts less: bodies begin with what they are for.</summary>
    public const int NearLength = 2_500;

    /// <summary>What is further down is not read for ranking.</summary>
    public const int ReadLength = 8_000;

    private readonly ReadOnlySpan<char> _body = body[..Math.Min(body.Length, ReadLength)];
    private int _start;
    private int _next;
    private char _fence;

    /// <summary>Gets the current line, or the part of it that belongs to one field.</summary>
    public readonly ReadOnlySpan<char> Current => _body[_start.._next];

    /// <summary>Gets the field of the current line.</summary>
    public SkillField Field { get; private set; }

    /// <summary>Goes to the next line.</summary>
    public bool MoveNext()
    {
        if (_next == _body.Length)
            return false;
        bool isContinued = _next > 0 && _body[_next - 1] != '\n';
        _start = _next;
        int length = _body[_start..].IndexOf('\n');
        _next = length < 0 ? _body.Length : _start + length + 1;
        bool isNear = _start < NearLength;
        if (isNear && _next > NearLength)
            _next = NearLength;
        Field = isContinued ? Further(Field) : Kind(_body[_start.._next].TrimStart(" \t"), isNear);
        return true;
    }

    private SkillField Kind(ReadOnlySpan<char> line, bool isNear)
    {
        bool isFence = line.StartsWith("```") || line.StartsWith("~~~");
        if (isFence && (_fence == '\0' || _fence == line[0]))
            _fence = _fence == '\0' ? line[0] : '\0';
        else if (_fence == '\0' && line.StartsWith("#"))
            return SkillField.Heading;
        return (isFence || _fence != '\0', isNear) switch
        {
            (false, true) => SkillField.Prose,
            (false, false) => SkillField.LaterProse,
            (true, true) => SkillField.Code,
            (true, false) => SkillField.LaterCode,
        };
    }

    private static SkillField Further(SkillField field) => field switch
    {
        SkillField.Prose => SkillField.LaterProse,
        SkillField.Code => SkillField.LaterCode,
        _ => field,
    };
}
