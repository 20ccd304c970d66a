namespace ChatLock.Protocol.Names.Data;

/// <summary>What a code point is to a name: RFC 8264 IdentifierClass, narrowed to UTS #39
/// Identifier_Status=Allowed. All below <see cref="Punctuation"/> need the right neighbours (RFC 5892
/// appendix A).</summary>
internal enum NameCharacter : byte
{
    Refused,
    Letter,
    Digit,
    NonspacingMark,
    SpacingMark,
    Punctuation,
    MiddleDot,
    HebrewPunctuation,
    KatakanaMiddleDot,
    ArabicIndicDigit,
    ExtendedArabicIndicDigit,
}

/// <summary>Bidi_Class, as UAX #9 abbreviates it; the classes that no name can hold are left out.</summary>
internal enum BidiClass : byte
{
    L,
    R,
    AL,
    AN,
    EN,
    ES,
    CS,
    ET,
    ON,
    BN,
    NSM,
}

/// <summary>The scripts that the contextual rules ask for.</summary>
internal enum ContextScript : byte
{
    Other,
    Hebrew,
    Hiragana,
    Katakana,
    Han,
}
