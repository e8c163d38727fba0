namespace AgentRouter.Memory.Text.Tokens;

/// <summary>How a word is written and where it stands.</summary>
[Flags]
internal enum WordShape : byte
{
    /// <summary>In lower case, in the middle of a sentence.</summary>
    None = 0,

    /// <summary>It begins with a capital.</summary>
    Capital = 1,

    /// <summary>It has two or more letters and all of them are capitals.</summary>
    AllCapitals = 2,

    /// <summary>A capital follows a small letter in it.</summary>
    InnerCapital = 4,

    /// <summary>It has an underscore.</summary>
    Underscore = 8,

    /// <summary>It is the first word of a sentence, a line or a quotation.</summary>
    BeginsSentence = 16,

    /// <summary>It ends with an apostrophe and an s.</summary>
    Possessive = 32,
}
