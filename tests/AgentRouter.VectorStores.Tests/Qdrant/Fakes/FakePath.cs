namespace AgentRouter.VectorStores.Tests.Qdrant.Fakes;

/// <summary>Paths into a payload: a plain word, or anything in quotes. Paths into values are documented too, and not used here.</summary>
internal static class FakePath
{
    public static string Parse(string path)
    {
        bool isQuoted = path.Length > 1 && path[0] == '"' && path[^1] == '"';
        string name = isQuoted ? path[1..^1] : path;
        FakeRefusalException.Unless(name.Length > 0 && (isQuoted ? name.IndexOfAny(['"', '\\']) < 0 : name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-')), 400, $"Format error in JSON body: Invalid json path: '{path}'");
        return name;
    }
}
