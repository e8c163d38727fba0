namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>How much a model is shown at once, and how much of its answer is taken.</summary>
internal static class ExtractionLimits
{
    /// <summary>The characters of the episodes of a batch: about 500 tokens, as GAAMA has it. More makes facts fewer and coarser, less loses what belongs together.</summary>
    public const int BatchLength = 2_000;

    /// <summary>The most episodes of a batch.</summary>
    public const int BatchEpisodes = 40;

    /// <summary>The most characters of one episode that are shown: about 3,000 tokens. The rest of a longer one is left out, and counted.</summary>
    public const int EpisodeLength = 12_000;

    /// <summary>How many turns before a batch are shown, so that "it" and "there" are understood.</summary>
    public const int EarlierEpisodes = 2;

    /// <summary>The most characters of a text that is shown for understanding only.</summary>
    public const int ShownLength = 400;

    /// <summary>Of how many names in a batch the known facts are looked up, those that are mentioned most.</summary>
    public const int Names = 8;

    /// <summary>The most known facts of a name.</summary>
    public const int FactsOfName = 6;

    /// <summary>The most known facts that are shown.</summary>
    public const int KnownFacts = 12;

    /// <summary>The most known concepts that are shown.</summary>
    public const int KnownConcepts = 20;

    /// <summary>The most characters of a label: a speaker, a subject, a concept.</summary>
    public const int LabelLength = 80;

    /// <summary>The most facts of an answer.</summary>
    public const int Facts = 20;

    /// <summary>The most concepts of an answer.</summary>
    public const int Concepts = 12;

    /// <summary>The most concepts that one episode is linked to by an answer.</summary>
    public const int ConceptsOfEpisode = 3;

    /// <summary>The most corrections of an answer.</summary>
    public const int Corrections = 12;

    /// <summary>The most characters of a fact or reflection.</summary>
    public const int TextLength = 500;

    /// <summary>The most characters of what a fact is about.</summary>
    public const int AboutLength = 100;

    /// <summary>The most characters of an answer that are looked at.</summary>
    public const int AnswerLength = 65_536;

    /// <summary>The most tokens that a model may answer with: 20 facts of a sentence each.</summary>
    public const int OutputTokens = 2_000;

    /// <summary>How often a batch is written anew where others write the same facts at the same time.</summary>
    public const int Attempts = 5;
}
