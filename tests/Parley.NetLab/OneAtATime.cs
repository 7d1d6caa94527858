using Xunit.Sdk;
using Xunit.v3;

// Browsers side by side would starve each other on two cores, and freezes are measured here.
[assembly: Parallelization(Mode = ParallelMode.None)]
