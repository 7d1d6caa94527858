using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using Parley.Benchmarks.Planning;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// 'routes FILE.svg': the planner beside simple rules.
if (args is ["routes", string picture])
{
    RouteComparison.Run(picture);
    return;
}

// In this process: the benchmarks then run on exactly the build that was made, and need no second one.
ManualConfig config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).AsDefault())
    .AddDiagnoser(MemoryDiagnoser.Default);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
