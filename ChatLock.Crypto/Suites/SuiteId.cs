namespace ChatLock.Crypto.Suites;

/// <summary>A suite's number on the wire and in the signed bytes (2 bytes, big-endian). Numbers are never used
/// again.</summary>
/// <remarks>docs/PROTOCOL.md section 6.</remarks>
public enum SuiteId : ushort
{
    /// <summary>INSECURE: DES in ECB mode, as in the original report; for lessons.</summary>
    Classic = 1,

    /// <summary>AES-128-GCM under the room's secret; HPKE for private messages.</summary>
    Sealed = 2,
}
