using System.Globalization;
using System.Text;

namespace Parley.Benchmarks.Planning;

/// <summary>Bars of the worst delay (pale) and the mean delay (full) of each rule, as SVG that reads on light and dark pages.</summary>
internal static class RouteChart
{
    private const int Left = 190;
    private const int Bar = 14;
    private const double Scale = 1.05;

    private static readonly string[] Colours = ["#2563eb", "#d97706", "#6b7280"];

    public static string Draw(IReadOnlyList<(string Case, RouteFigures[] Rules)> rows)
    {
        int height = 70 + rows.Count * (3 * Bar + 26);
        double longest = rows.Max(static row => row.Rules.Max(static rule => rule.Worst));
        int width = Left + (int)(longest * Scale) + 60;
        StringBuilder svg = new();
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"system-ui, sans-serif\" font-size=\"12\" role=\"img\" aria-labelledby=\"t\">");
        Add($"<title id=\"t\">Mouth-to-ear delay of three ways to choose regions</title>");
        Add($"<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#ffffff\"/>");
        Add($"<text x=\"16\" y=\"24\" fill=\"#111827\" font-weight=\"600\">Mouth-to-ear delay, ms: mean over pairs (full) and worst pair (pale)</text>");
        for (int rule = 0; rule < 3; rule++)
        {
            Add($"<rect x=\"{16 + rule * 190}\" y=\"36\" width=\"12\" height=\"12\" fill=\"{Colours[rule]}\"/>");
            Add($"<text x=\"{34 + rule * 190}\" y=\"46\" fill=\"#111827\">{rows[0].Rules[rule].Rule}</text>");
        }

        int y = 66;
        foreach ((string name, RouteFigures[] rules) in rows)
        {
            Add($"<text x=\"{Left - 10}\" y=\"{y + 26}\" fill=\"#111827\" text-anchor=\"end\">{name}</text>");
            for (int rule = 0; rule < rules.Length; rule++, y += Bar)
            {
                Add($"<rect x=\"{Left}\" y=\"{y}\" width=\"{rules[rule].Worst * Scale:0}\" height=\"{Bar - 2}\" fill=\"{Colours[rule]}\" opacity=\"0.35\"/>");
                Add($"<rect x=\"{Left}\" y=\"{y}\" width=\"{rules[rule].Mean * Scale:0}\" height=\"{Bar - 2}\" fill=\"{Colours[rule]}\"/>");
                Add($"<text x=\"{Left + rules[rule].Worst * Scale + 5:0}\" y=\"{y + 10}\" fill=\"#374151\" font-size=\"10\">{rules[rule].Mean:0} / {rules[rule].Worst:0}</text>");
            }

            y += 26;
        }

        Add($"</svg>");
        return svg.ToString();

        void Add(FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
