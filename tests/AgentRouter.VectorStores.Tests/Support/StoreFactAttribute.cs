using Xunit.Abstractions;
using Xunit.Sdk;

namespace AgentRouter.VectorStores.Tests.Support;

/// <summary>A fact of every store. It is skipped, with the reason, in a class whose server is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("AgentRouter.VectorStores.Tests.Support." + nameof(StoreFactDiscoverer), "AgentRouter.VectorStores.Tests")]
public sealed class StoreFactAttribute : FactAttribute;

/// <summary>Finds the facts of stores.</summary>
public sealed class StoreFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        new StoreTestCase(DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod);
}

/// <summary>A fact that asks its class what it needs.</summary>
public sealed class StoreTestCase : XunitTestCase
{
    [Obsolete("For the runner, which fills it in afterwards.")]
    public StoreTestCase()
    {
    }

    public StoreTestCase(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions displayOptions, ITestMethod method)
        : base(messages, display, displayOptions, method)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        TestMethod.TestClass.Class.ToRuntimeType().GetCustomAttributes(typeof(NeedsAttribute), inherit: true).Cast<NeedsAttribute>().SingleOrDefault()?.Missing!;
}
