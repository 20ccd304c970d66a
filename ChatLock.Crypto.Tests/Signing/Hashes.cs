using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace ChatLock.Crypto.Tests.Signing;

/// <summary>The hashes that NIST's and RFC 6979's ECDSA vectors use, by their names there.</summary>
internal static class Hashes
{
    public static byte[] Of(string name, ReadOnlySpan<byte> data) => name switch
    {
#pragma warning disable CA5350 // The vectors' choice.
        "SHA-1" => SHA1.HashData(data),
#pragma warning restore CA5350
        "SHA-224" => Sha224(data),
        "SHA-256" => SHA256.HashData(data),
        "SHA-384" => SHA384.HashData(data),
        "SHA-512" => SHA512.HashData(data),
        _ => throw new ArgumentException($"no hash is called {name}", nameof(name)),
    };

    // FIPS 180-4 sections 5.3.2 and 6.3; .NET has all of the others and not this one.
    private static byte[] Sha224(ReadOnlySpan<byte> data)
    {
        uint[] state =
        [
            0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4,
        ];
        var padded = new byte[(data.Length + 9 + 63) / 64 * 64];
        data.CopyTo(padded);
        padded[data.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(padded.Length - 8), (ulong)data.Length * 8);
        for (var at = 0; at < padded.Length; at += 64)
            Compress(state, padded.AsSpan(at, 64));

        var digest = new byte[28];
        for (var i = 0; i < 7; i++)
            BinaryPrimitives.WriteUInt32BigEndian(digest.AsSpan(4 * i), state[i]);
        return digest;
    }

    private static void Compress(uint[] state, ReadOnlySpan<byte> block)
    {
        var w = new uint[64];
        for (var t = 0; t < 64; t++)
        {
            w[t] = t < 16
                ? BinaryPrimitives.ReadUInt32BigEndian(block[(4 * t)..])
                : Mix(w[t - 2], 17, 19, 10) + w[t - 7] + Mix(w[t - 15], 7, 18, 3) + w[t - 16];
        }
        var v = (uint[])state.Clone();
        for (var t = 0; t < 64; t++)
        {
            var t1 = v[7] + Rotate(v[4], 6, 11, 25) + ((v[4] & v[5]) ^ (~v[4] & v[6])) + RoundConstants[t] + w[t];
            var t2 = Rotate(v[0], 2, 13, 22) + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
            v = [t1 + t2, v[0], v[1], v[2], v[3] + t1, v[4], v[5], v[6]];
        }
        for (var i = 0; i < 8; i++)
            state[i] += v[i];
    }

    private static uint Rotate(uint x, int a, int b, int c) =>
        BitOperations.RotateRight(x, a) ^ BitOperations.RotateRight(x, b) ^ BitOperations.RotateRight(x, c);

    private static uint Mix(uint x, int a, int b, int shift) =>
        BitOperations.RotateRight(x, a) ^ BitOperations.RotateRight(x, b) ^ (x >> shift);

    // The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static readonly uint[] RoundConstants =
    [
        .. Enumerable.Range(2, 310).Where(n => Enumerable.Range(2, n - 2).All(d => n % d != 0)).Take(64)
            .Select(prime => (uint)(CubeRootOf((BigInteger)prime << 96) & uint.MaxValue)),
    ];

    private static BigInteger CubeRootOf(BigInteger n)
    {
        var (low, high) = (BigInteger.Zero, BigInteger.One << 40);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = middle * middle * middle <= n ? (middle, high) : (low, middle);
        }
        return low;
    }
}
