global using System.Net;
global using System.Net.Sockets;
global using Parley.Net.Loops;
global using Parley.Rtc.Primitives;
global using Parley.Sfu.Packets;
global using Parley.Sfu.Rooms;
