using System.Linq.Expressions;

namespace AgentRouter.VectorStores.Filters;

/// <summary>The value of a part of a filter that does not depend on the record.</summary>
internal static class FilterConstant
{
    /// <summary>Evaluates a part; false when it reads the record.</summary>
    public static bool TryEvaluate(Expression part, out object? value)
    {
        value = null;
        var search = new ParameterSearch();
        search.Visit(part);
        if (search.IsFound || part.Type.IsByRefLike)
            return false;
        value = part is ConstantExpression constant
            ? constant.Value
            : Expression.Lambda<Func<object?>>(Expression.Convert(part, typeof(object))).Compile(preferInterpretation: true)();
        return true;
    }

    private sealed class ParameterSearch : ExpressionVisitor
    {
        public bool IsFound { get; private set; }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            IsFound = true;
            return node;
        }
    }
}
