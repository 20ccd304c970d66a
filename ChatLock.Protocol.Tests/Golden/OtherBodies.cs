namespace ChatLock.Protocol.Tests.Golden;

/// <summary>Bodies that are no frame, or none of those known here: the same for every reader of protobuf.</summary>
internal static class OtherBodies
{
    /// <summary>Whatever the message, since they go wrong or end before any known field.</summary>
    public static IEnumerable<OtherBody> OfAny =>
    [
        Malformed("a tag cut short", "80"),
        Malformed("a tag without its value", "fa06"),
        Malformed("field number 0", "00"),
        Malformed("field number 0 with a length", "0200"),
        Malformed("a tag of eleven bytes", "ffffffffffffffffffff01"),
        Malformed("an unknown field that is longer than what is there", "fa0603aabb"),
        Malformed("an unknown field of 2 GiB", "fa06ffffffff07"),
        Malformed("an unknown field of 4 bytes cut short", "fd06000000"),
        Malformed("an unknown field of 8 bytes cut short", "f90600000000000000"),
        Malformed("a group that isn't ended", "fb06"),
        Malformed("a group with a field that isn't ended", "fb060801"),
        Malformed("the end of a group that wasn't begun", "fc06"),
        Malformed("a group ended by another's end", "fb068407"),
        Malformed("200 groups inside one another", string.Concat(Enumerable.Repeat("fb06", 200)) + string.Concat(Enumerable.Repeat("fc06", 200))),
        Malformed("wire type 6", "fe06"),
        Malformed("wire type 7", "ff06"),
        Unknown("nothing at all", ""),
        Unknown("an unknown number", "f80601"),
        Unknown("an unknown 4 bytes", "fd0600000000"),
        Unknown("an unknown 8 bytes", "f9060000000000000000"),
        Unknown("an unknown length and bytes", "fa0603010203"),
        Unknown("an unknown group", "fb060801fc06"),
        Unknown("an unknown frame, empty", "fa0600"),
        Unknown("the greatest field number", "f8ffffff0f01"),
    ];

    public static IEnumerable<OtherBody> OfClient =>
    [
        .. OfAny,
        Unknown("a ref and nothing else", "0807"),
        Unknown("a ref and an unknown frame", "0807fa0600"),
        Malformed("a ref cut short", "08ff"),
        Malformed("a ref of eleven bytes", "08ffffffffffffffffffff01"),
        Malformed("a frame that claims 2 GiB", "12ffffffff07"),
        Malformed("a frame of a negative length", "12ffffffffffffffffff01"),
        Malformed("a post with an envelope longer than the post", "32031a05aa"),
        Malformed("a name that isn't UTF-8", "1a040a02c328"),
        Malformed("a name with half a surrogate pair", "1a050a03eda080"),
        Malformed("a name in an overlong form", "1a040a02c080"),
        Malformed("a name cut inside a character", "1a040a02e282"),
        Malformed("a name above U+10FFFF", "1a060a04f4908080"),
        Malformed("a room that isn't UTF-8", "2a050a03410080"),
        Malformed("a group inside a rename that isn't ended", "1a02fb06"),
        Malformed("the end of a group inside a rename", "1a02fc06"),
        Malformed("packed suites cut short", "1203320180"),
        NoFrame("bytes where the ref belongs", "0a0107"),
        NoFrame("a number where a post belongs", "08073001"),
        NoFrame("four bytes where a post belongs", "08073500000000"),
        NoFrame("eight bytes where a bye belongs", "0807590000000000000000"),
        NoFrame("a group where a rename belongs", "08071b1c"),
    ];

    public static IEnumerable<OtherBody> OfServer =>
    [
        .. OfAny,
        Malformed("a frame that claims 2 GiB", "1affffffff07"),
        Malformed("a frame of a negative length", "1affffffffffffffffff01"),
        Malformed("a reply with a result longer than the reply", "1a03120508"),
        Malformed("a sentence that isn't UTF-8", "4a041202c328"),
        Malformed("a suggestion that isn't UTF-8", "1a061a042202c328"),
        Malformed("a member's name with half a surrogate pair", "12071205" + "0a03eda080"),
        Malformed("packed versions cut short", "0a031a0180"),
        Malformed("a close without its reason", "4a0108"),
        Malformed("a ping cut short", "420208ff"),
        NoFrame("a number where a reply belongs", "1807"),
        NoFrame("four bytes where a posted belongs", "2500000000"),
        NoFrame("eight bytes where a close belongs", "490000000000000000"),
        NoFrame("a group where a gap belongs", "3b3c"),
    ];

    public static IEnumerable<OtherBody> OfEnvelope => OfAny.Where(body => body.Expected == "malformed").Append(
        Malformed("a ciphertext longer than the envelope", "2205aa"));

    private static OtherBody Malformed(string name, string body) => new(name, body, "malformed");

    /// <summary>A known field of another wire type: an unknown field to some readers of protobuf, broken to others.</summary>
    private static OtherBody NoFrame(string name, string body) => new(name, body, "no-frame");

    private static OtherBody Unknown(string name, string body) => new(name, body, "unknown");
}
