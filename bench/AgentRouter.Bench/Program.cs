using AgentRouter.Bench;
using BenchmarkDotNet.Running;

BenchmarkRunner.Run<RoutedCallBenchmark>(args: args);
