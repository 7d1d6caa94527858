using Parley.NetLab.Scenarios;
using Xunit.Sdk;
using Xunit.v3;

// One lab fills two cores, and freezes are measured here.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: AssemblyFixture(typeof(LabFixture))]
