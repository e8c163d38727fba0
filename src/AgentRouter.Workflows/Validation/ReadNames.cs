using System.Collections;
using System.Diagnostics.CodeAnalysis;
using AgentRouter.Expressions;

namespace AgentRouter.Workflows.Validation;

/// <summary>Names that expressions may read, and a note of those that they did.</summary>
internal sealed class ReadNames(IReadOnlyDictionary<string, DataType> names) : IReadOnlyDictionary<string, DataType>
{
    private readonly List<string> _found = [];

    /// <summary>Gets the names that were read, in the order in which they were first.</summary>
    public IReadOnlyList<string> Found => _found;

    public int Count => names.Count;

    public IEnumerable<string> Keys => names.Keys;

    public IEnumerable<DataType> Values => names.Values;

    public DataType this[string key] => TryGetValue(key, out DataType? type) ? type : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out DataType value)
    {
        if (!names.TryGetValue(key, out value))
            return false;
        if (!_found.Contains(key))
            _found.Add(key);
        return true;
    }

    public IEnumerator<KeyValuePair<string, DataType>> GetEnumerator() => names.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
