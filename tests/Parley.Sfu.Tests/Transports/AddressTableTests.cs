using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Sfu.Transports;

namespace Parley.Sfu.Tests.Transports;

public sealed class AddressTableTests
{
    [Fact]
    public void It_behaves_as_a_dictionary_does()
    {
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 60]).Array[0, 400].Sample(steps =>
        {
            var table = new AddressTable<string>();
            Dictionary<TransportAddress, string> model = [];
            foreach ((int step, int number) in steps)
            {
                // Ports apart by multiples of a large power of two share their lowest hash bits sometimes: probes and shifts get exercised.
                TransportAddress address = TransportAddress.FromBytes([10, 0, 0, (byte)(number % 7)], (ushort)(number * 1024));
                string owner = $"owner{number % 3}";
                if (step == 0)
                {
                    bool expected = model.TryGetValue(address, out string? known) && ReferenceEquals(known, string.Intern(owner));
                    Assert.Equal(expected, table.Remove(address, string.Intern(owner)));
                    if (expected)
                        model.Remove(address);
                }
                else
                {
                    table.Set(address, string.Intern(owner));
                    model[address] = string.Intern(owner);
                }

                Assert.Equal(model.Count, table.Count);
            }

            for (int number = 0; number <= 60; number++)
            {
                TransportAddress address = TransportAddress.FromBytes([10, 0, 0, (byte)(number % 7)], (ushort)(number * 1024));
                Assert.Equal(model.GetValueOrDefault(address), table.Find(address));
            }
        });
    }
}
