namespace Parley.Net.Tests.Linux;

/// <summary>What a scripted kernel was given, and how it answers: 0 or an error number.</summary>
internal sealed class FakeKernel
{
    public List<(ushort Port, string Text)> Sent { get; } = [];

    public List<int> Runs { get; } = [];

    public Func<bool, string, int> OnMany { get; set; } = (_, _) => 0;

    public Func<int> OnOne { get; set; } = () => 0;
}
