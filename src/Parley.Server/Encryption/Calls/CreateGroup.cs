namespace Parley.Server.Encryption.Calls;

/// <summary><c>mlsCreate</c>: the group exists, in epoch 0.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record CreateGroup : GroupCall;
