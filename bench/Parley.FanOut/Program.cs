// What a delivered datagram costs the sending thread in a fan-out to 50 loopback sockets, by send method. The methods alternate; the first round warms up.
// Run with: dotnet run -c Release --project bench/Parley.FanOut
using Parley.FanOut;

(int Length, int PerFrame)[] frames = [(160, 1), (1100, 1), (1100, 2), (1100, 3), (1100, 6), (1100, 16)];
Console.WriteLine("| bytes | datagrams a frame | method | ns a datagram (median) | from | to | datagrams a second |");
Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
foreach ((int length, int perFrame) in frames)
{
    using var measurement = new FanOutMeasurement(length, perFrame);
    foreach ((var method, double[] figures) in measurement.Run())
    {
        double median = figures[figures.Length / 2];
        Console.WriteLine($"| {length} | {perFrame} | {method} | {median:0} | {figures[0]:0} | {figures[^1]:0} | {1e9 / median:0} |");
    }
}
