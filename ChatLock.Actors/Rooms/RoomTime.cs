namespace ChatLock.Actors.Rooms;

/// <summary>Now, by both clocks.</summary>
/// <param name="UnixMs">Milliseconds since 1970: what people and logs are told. It may jump.</param>
/// <param name="Ms">Milliseconds since the server's start: what windows are measured by.</param>
public readonly record struct RoomTime(long UnixMs, long Ms);
