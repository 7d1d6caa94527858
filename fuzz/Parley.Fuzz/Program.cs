using Parley.Fuzz;
using SharpFuzz;

FuzzTarget? target = args.Length == 1 ? FuzzTargets.All.FirstOrDefault(candidate => candidate.Name == args[0]) : null;
if (target is null)
{
    Console.Error.WriteLine($"parley-fuzz TARGET, one of: {string.Join(' ', FuzzTargets.All.Select(static candidate => candidate.Name))}");
    return 2;
}

Fuzzer.Run(stream =>
{
    using MemoryStream input = new();
    stream.CopyTo(input);
    target.Run(input.ToArray());
});
return 0;
