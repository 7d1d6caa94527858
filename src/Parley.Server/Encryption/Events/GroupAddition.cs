namespace Parley.Server.Encryption.Events;

/// <summary>A newcomer to be added.</summary>
/// <param name="Participant">Its id.</param>
/// <param name="KeyPackage">Its key package, base64url.</param>
[GenerateSerializer]
[Immutable]
internal sealed record GroupAddition(string Participant, string KeyPackage);
