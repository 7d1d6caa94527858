using CsCheck;

namespace Parley.Fuzz.Tests;

public class CorpusTests
{
    private const int MutationsOfEach = 20;

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(static target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_input_that_fuzzing_found_interesting_is_survived(string name)
    {
        FuzzTarget target = Target(name);
        string[] files = Directory.GetFiles(CorpusOf(name));
        Assert.NotEmpty(files);
        foreach (string file in files)
            Survive(target, File.ReadAllBytes(file), file);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Mutations_of_the_corpus_are_survived(string name)
    {
        FuzzTarget target = Target(name);
        byte[][] corpus = [.. Directory.GetFiles(CorpusOf(name)).Select(File.ReadAllBytes).Where(static input => input.Length > 0)];
        Gen<byte[]> mutated = Gen.Select(Gen.Int[0, corpus.Length - 1], Gen.Int[0, 1 << 20], Gen.Byte, Gen.Int[0, 3])
            .Select((index, place, value, how) => Mutate(corpus[index], place, value, how));
        mutated.Sample(input => Survive(target, input, "mutation"), iter: Math.Max(1_000, corpus.Length * MutationsOfEach), threads: 1);
    }

    private static FuzzTarget Target(string name) => FuzzTargets.All.Single(target => target.Name == name);

    private static byte[] Mutate(byte[] input, int place, byte value, int how)
    {
        int at = place % input.Length;
        switch (how)
        {
            case 0:
                return input[..at];
            case 1:
                return [.. input[..at], value, .. input[at..]];
            default:
                byte[] changed = [.. input];
                changed[at] = value;
                return changed;
        }
    }

    private static void Survive(FuzzTarget target, byte[] input, string what)
    {
        try
        {
            target.Run(input);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{target.Name} threw on {what}: {Convert.ToHexString(input)}", failure);
        }
    }

    private static string CorpusOf(string name)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Parley.slnx")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder!, "fuzz", "corpora", name);
    }
}
