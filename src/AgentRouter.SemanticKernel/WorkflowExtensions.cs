using AgentRouter.Budgets;
using AgentRouter.SemanticKernel.Workflows;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using Microsoft.SemanticKernel;

namespace AgentRouter.SemanticKernel;

/// <summary>Makes workflows functions of a kernel.</summary>
public static class WorkflowExtensions
{
    /// <summary>The key in <see cref="FunctionResult.Metadata"/> of the run's result.</summary>
    public const string RunKey = "agentrouter.run";

    /// <summary>Makes a workflow a kernel function: its inputs are the parameters, its answer is the result.</summary>
    /// <remarks>
    /// Inside a task, which <see cref="KernelExtensions.BeginTask"/> begins, the run spends a part of the task's budget:
    /// as much as the workflow's budget asks for, at most what is left; the rest returns. Outside a task it has the
    /// workflow's budget. A run that does not succeed throws nothing, because a model would not be told why: the result
    /// is then a sentence that says so, for a model or person, and <see cref="GetWorkflowRun"/> has the outcome for code. Cancelling
    /// cancels the run and throws <see cref="OperationCanceledException"/>.
    /// </remarks>
    /// <param name="workflow">The workflow; valid.</param>
    /// <param name="engine">What runs it.</param>
    /// <param name="functionName">The function's name: letters, digits and underscores. The default is the workflow's, with underscores.</param>
    /// <param name="budget">The limits of a run; the workflow's own when not given.</param>
    public static KernelFunction AsKernelFunction(this WorkflowDefinition workflow, WorkflowEngine engine, string? functionName = null, Budget? budget = null)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(engine);
        var function = new WorkflowFunction(workflow, engine, (budget ?? workflow.Budget)?.Validate());
        return KernelFunctionFactory.CreateFromMethod(function.InvokeAsync, new KernelFunctionFromMethodOptions
        {
            FunctionName = functionName ?? WorkflowParameters.FunctionName(workflow.Name),
            Description = workflow.Description ?? $"Runs the workflow {workflow.Name}.",
            Parameters = [.. workflow.Inputs.Select(WorkflowParameters.Describe)],
            ReturnParameter = new KernelReturnParameterMetadata { Description = "The workflow's answer, or why there is none.", ParameterType = typeof(string) },
        });
    }

    /// <summary>Gets the run behind the result of a workflow function.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The run, or <see langword="null"/> when none was started: the result of another function, or inputs that were wrong.</returns>
    public static RunResult? GetWorkflowRun(this FunctionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Metadata?.GetValueOrDefault(RunKey) as RunResult;
    }
}
