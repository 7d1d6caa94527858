using Parley.Server.Telemetry;

namespace Parley.Server.Tests.Telemetry;

public class MetricsTextTests
{
    [Fact]
    public void Figures_are_written_as_Prometheus_reads_them()
    {
        string text = new MetricsText()
            .Metric("a_total", "counter", "Things.")
            .Value("a_total", 1.5)
            .Value("a_total", 2, ("kind", "x"), ("odd", "q\"\\\n"))
            .ToString();
        Assert.Equal("# HELP a_total Things.\n# TYPE a_total counter\na_total 1.5\na_total{kind=\"x\",odd=\"q\\\"\\\\\\n\"} 2\n", text);
    }
}
