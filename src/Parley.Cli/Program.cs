using System.CommandLine;
using Parley.Cli.Demo;
using Parley.Cli.Keys;
using Parley.Cli.Load;
using Parley.Cli.Plan;
using Parley.Cli.Serving;

RootCommand root = new("Parley: video meetings whose people decide which data centres may carry them.")
{
    ServeCommand.Create(),
    DemoCommand.Create(),
    PlanCommand.Create(),
    LoadCommand.Create(),
    KeysCommand.Create(),
};

// A node that is told to stop has five seconds: its own steps take less, and then nothing may hold it.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(4.5) });
