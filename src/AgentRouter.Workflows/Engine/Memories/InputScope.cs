using AgentRouter.Expressions;

namespace AgentRouter.Workflows.Engine.Memories;

/// <summary>The inputs of a workflow and nothing else: what models and tools have written chooses no memory.</summary>
internal sealed class InputScope(IExpressionScope outer) : IExpressionScope
{
    public ExpressionValue Find(string name) => name == "inputs" ? outer.Find(name) : ExpressionValue.Null;

    public int Visits(string node) => 0;
}
