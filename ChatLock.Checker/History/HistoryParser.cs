namespace ChatLock.Checker.History;

/// <summary>Makes a record of a line's fields. Everything missing or contradicting is told, nothing is guessed.</summary>
internal static class HistoryParser
{
    /// <returns>What is wrong, as the end of a sentence; null if nothing is.</returns>
    public static string? Read(in HistoryLine line, out HistoryRecord record)
    {
        record = default;
        if (line.At is not { } at)
            return "no time (t).";
        if (!ClientKey.TryParse(line.Client, out var client))
            return "no client (c) of 16 hexadecimal digits.";
        if (line.Kind is not { } kind)
            return "no kind (k).";
        if (!IsKnown(kind))
            return $"the kind \"{Protocol.Text.ForeignText.ForLine(kind, 40)}\" is unknown.";
        if (Make(line, kind) is not { } what)
            return $"a field of \"{kind}\" is missing or can't be one.";
        record = new HistoryRecord(at, client, what);
        return null;
    }

    private static bool IsKnown(string kind) => kind is
        "connected" or "resumed" or "detached" or "left" or "ended" or "name-held" or "name-released" or "joined" or "parted" or
        "sent" or "sent-private" or "acknowledged" or "acknowledged-private" or "refused" or "failed" or "received" or
        "received-private" or "act" or "gap" or "passed-by";

    private static Happening? Make(in HistoryLine line, string kind) => kind switch
    {
        "connected" => new Happening.Connected(),
        "resumed" => new Happening.Resumed(),
        "detached" => new Happening.Detached(),
        "left" => new Happening.Left(),
        "ended" => new Happening.Ended(),
        "name-held" when line.Name is { } name => new Happening.NameHeld(name),
        "name-released" when line.Name is { } name => new Happening.NameReleased(name),
        "joined" when PositionOf(line) is { } position => new Happening.Joined(position),
        "parted" when line.Room is { } room => new Happening.Parted(room),
        "sent" when line.Room is { } room && IdOf(line) is { } id && line.Counter is { } counter =>
            new Happening.SentToRoom(room, id, counter),
        "sent-private" when ClientKey.TryParse(line.To, out var to) && IdOf(line) is { } id && line.Counter is { } counter =>
            new Happening.SentPrivately(to, id, counter),
        "acknowledged" when PositionOf(line) is { } position && IdOf(line) is { } id => new Happening.Acknowledged(position, id),
        "acknowledged-private" when IdOf(line) is { } id => new Happening.AcknowledgedPrivately(id),
        "refused" when IdOf(line) is { } id && line.Code is { } code => new Happening.Refused(id, code),
        "failed" when IdOf(line) is { } id && line.Code is { } code => new Happening.Failed(id, code),
        "received" when PositionOf(line) is { } position && OriginOf(line) is { } origin =>
            new Happening.Received(position, origin.From, origin.Id, origin.Signature),
        "received-private" when OriginOf(line) is { } origin =>
            new Happening.ReceivedPrivately(origin.From, origin.Id, origin.Signature),
        "passed-by" when OriginOf(line) is { } origin => new Happening.PassedBy(origin.From, origin.Id, origin.Signature),
        "act" when PositionOf(line) is { } position => new Happening.ActSeen(position),
        "gap" when line is { Room: { } room, Epoch: { } epoch, First: { } first, Last: { } last } && first <= last =>
            new Happening.Gap(room, epoch, first, last),
        _ => null,
    };

    private static LogPosition? PositionOf(in HistoryLine line) =>
        line is { Room: { } room, Epoch: { } epoch, Sequence: { } sequence } ? new LogPosition(room, epoch, sequence) : null;

    private static MessageId? IdOf(in HistoryLine line) => MessageId.TryParse(line.Id, out var id) ? id : null;

    private static (ClientKey From, MessageId Id, SignatureCheck Signature)? OriginOf(in HistoryLine line) =>
        ClientKey.TryParse(line.From, out var from) && IdOf(line) is { } id && SignatureOf(line.Signature) is { } check
            ? (from, id, check)
            : null;

    private static SignatureCheck? SignatureOf(string? name) => name switch
    {
        "valid" => SignatureCheck.Valid,
        "invalid" => SignatureCheck.Invalid,
        "client" => SignatureCheck.ByClient,
        _ => null,
    };
}
