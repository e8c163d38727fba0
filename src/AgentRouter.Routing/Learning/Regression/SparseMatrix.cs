namespace AgentRouter.Routing.Learning.Regression;

/// <summary>Rows of few numbers among many columns, one after the other.</summary>
internal sealed class SparseMatrix(int columns)
{
    private readonly List<int> _ends = [];
    private readonly List<int> _columns = [];
    private readonly List<float> _values = [];

    /// <summary>Gets the number of columns.</summary>
    public int Columns => columns;

    /// <summary>Gets the number of rows.</summary>
    public int Rows => _ends.Count;

    /// <summary>Adds a number to the row that is being made.</summary>
    public void Add(int column, float value)
    {
        if (value == 0)
            return;
        _columns.Add(column);
        _values.Add(value);
    }

    /// <summary>Ends the row that is being made.</summary>
    public void EndRow() => _ends.Add(_columns.Count);

    /// <summary>Gets the columns of a row that are not zero.</summary>
    public ReadOnlySpan<int> ColumnsOf(int row) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_columns)[Start(row).._ends[row]];

    /// <summary>Gets their values.</summary>
    public ReadOnlySpan<float> ValuesOf(int row) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values)[Start(row).._ends[row]];

    private int Start(int row) => row == 0 ? 0 : _ends[row - 1];
}
