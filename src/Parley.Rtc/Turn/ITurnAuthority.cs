namespace Parley.Rtc.Turn;

/// <summary>Who decides, outside of the protocol, about the allocation of one connection.</summary>
public interface ITurnAuthority
{
    /// <summary>The password of a user; null for one that is not to be let in, whose reason the authority counts itself.</summary>
    /// <param name="username">As the client wrote it.</param>
    /// <param name="isAllocated">Whether it is the user of an allocation that stands: its time may be over, its permission to be here not.</param>
    string? FindPassword(string username, bool isAllocated);

    /// <summary>Makes the socket of the allocation and returns its port; 0 when the user may not have another one.</summary>
    ushort Open(string username);
}
