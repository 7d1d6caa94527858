namespace Parley.Server.Web;

/// <summary>Endpoint metadata: how large a body the call reads, where that is not <see cref="BodyLimit.Largest"/>.</summary>
/// <param name="Bytes">The most bytes.</param>
internal sealed record LargestBody(int Bytes);
