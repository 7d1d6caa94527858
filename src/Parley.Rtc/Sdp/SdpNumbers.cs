using System.Globalization;

namespace Parley.Rtc.Sdp;

/// <summary>Numbers as text.</summary>
internal static class SdpNumbers
{
    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
