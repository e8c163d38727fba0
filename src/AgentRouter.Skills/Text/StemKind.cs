namespace AgentRouter.Skills.Text;

/// <summary>How words become terms. Terms of different kinds never meet.</summary>
internal enum StemKind
{
    /// <summary>Without the plural.</summary>
    Plural,

    /// <summary>By Porter's algorithm, which finds more and confuses more.</summary>
    Porter,
}
