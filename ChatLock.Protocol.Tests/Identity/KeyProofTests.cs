using System.Security.Cryptography;
using System.Text;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Protocol.Tests.Identity;

public sealed class KeyProofTests : IDisposable
{
    private static readonly ByteString Nonce = Bytes(32, 1);
    private static readonly ByteString ServerId = Bytes(32, 2);
    private readonly TestIdentity _alice = new();
    private readonly TestIdentity _mallory = new();

    public void Dispose()
    {
        _alice.Dispose();
        _mallory.Dispose();
    }

    [Fact]
    public void Who_holds_the_key_is_believed() => Assert.Equal(ProofCheck.Good, Check(Good));

    [Theory]
    [InlineData("")]
    [InlineData("Zoë")]
    [InlineData("名前")]
    [InlineData("a name of any length is signed as it is, whether or not it can be one: the rules of names come later")]
    public void The_name_is_signed_as_its_UTF_8_bytes(string name) =>
        Assert.Equal(ProofCheck.Good, Check(_alice.Hello(Nonce, ServerId, name)));

    [Fact]
    public void The_signed_bytes_are_those_of_the_protocol_page()
    {
        var sessionKey = Enumerable.Range(0, 65).Select(i => (byte)i).ToArray();

        Assert.Equal(
            [.. "ChatLock v1 hello"u8, 0, .. Nonce, .. ServerId, .. sessionKey, .. Encoding.UTF8.GetBytes("Zoë")],
            KeyProof.HelloContext(Nonce.Span, ServerId.Span, sessionKey, "Zoë"));
        Assert.Equal(
            [.. "ChatLock v1 session key"u8, 0, 1, 2, 3, 4, 5, 6, 7, 8, .. sessionKey],
            KeyProof.SessionKeyContext(0x0102030405060708, sessionKey));
    }

    [Fact]
    public void A_proof_for_another_nonce_is_none() =>
        Assert.Equal(ProofCheck.BadProof, Check(_alice.Hello(Bytes(32, 9), ServerId, "alice")));

    [Fact]
    public void A_proof_for_another_server_is_none() =>
        Assert.Equal(ProofCheck.BadProof, Check(_alice.Hello(Nonce, Bytes(32, 9), "alice")));

    [Fact]
    public void A_proof_for_another_name_is_none() =>
        Assert.Equal(ProofCheck.BadProof, Check(Changed(hello => hello.Name = "alicia")));

    [Fact]
    public void A_proof_by_another_key_is_none() =>
        Assert.Equal(ProofCheck.BadProof, Check(Changed(hello => hello.IdentityKey = _mallory.Point)));

    [Fact]
    public void A_session_key_that_another_key_signed_is_not_vouched_for() => Assert.Equal(
        ProofCheck.BadProof,
        Check(Changed(hello => hello.SessionKeySignature = _mallory.Sign(KeyProof.SessionKeyContext(hello.SessionKeyMadeUnixMs, hello.SessionKey.Span)))));

    [Fact]
    public void Another_session_key_than_the_one_signed_is_not_vouched_for() => Assert.Equal(
        ProofCheck.BadProof,
        Check(Changed(hello =>
        {
            hello.SessionKey = _mallory.SessionPoint;
            hello.Signature = _alice.Sign(
                KeyProof.HelloContext(Nonce.Span, ServerId.Span, hello.SessionKey.Span, hello.Name));
        })));

    [Fact]
    public void The_two_signatures_can_not_stand_for_each_other() => Assert.Equal(
        ProofCheck.BadProof,
        Check(Changed(hello => (hello.Signature, hello.SessionKeySignature) = (hello.SessionKeySignature, hello.Signature))));

    [Fact]
    public void A_changed_bit_anywhere_in_a_signature_makes_it_none()
    {
        for (var at = 0; at < 64; at++)
        {
            var bit = at;
            Assert.Equal(ProofCheck.BadProof, Check(Changed(hello => hello.Signature = Flipped(hello.Signature, bit))));
            Assert.Equal(
                ProofCheck.BadProof,
                Check(Changed(hello => hello.SessionKeySignature = Flipped(hello.SessionKeySignature, bit))));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(128)]
    public void A_signature_of_another_length_is_none(int length)
    {
        ByteString Sized(ByteString signature) => ByteString.CopyFrom([.. signature.Concat(new byte[128]).Take(length)]);

        Assert.Equal(ProofCheck.BadProof, Check(Changed(hello => hello.Signature = Sized(hello.Signature))));
        Assert.Equal(
            ProofCheck.BadProof, Check(Changed(hello => hello.SessionKeySignature = Sized(hello.SessionKeySignature))));
    }

    [Fact]
    public void A_signature_in_DER_is_none()
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(_alice.Key.ExportPkcs8(), out _);
        var hello = Good;
        var context = KeyProof.HelloContext(Nonce.Span, ServerId.Span, hello.SessionKey.Span, hello.Name);

        hello.Signature = ByteString.CopyFrom(
            key.SignData(context, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

        Assert.Equal(ProofCheck.BadProof, Check(hello));
    }

    [Fact]
    public void A_key_that_is_not_a_point_in_its_one_form_is_none()
    {
        var point = _alice.Point.ToByteArray();
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(_alice.Key.ExportPkcs8(), out _);
        byte[][] bad =
        [
            [],
            point[..64],
            [.. point, 0],
            new byte[65], // all zero
            [4, .. new byte[64]], // not on the curve
            [.. point[..64], (byte)(point[64] ^ 1)], // not on the curve either
            [(byte)(2 + (point[64] & 1)), .. point[1..33]], // compressed
            [6, .. point[1..]], // hybrid
            [4, .. Enumerable.Repeat((byte)0xFF, 64)], // beyond the field
            key.ExportSubjectPublicKeyInfo(),
        ];

        foreach (var bytes in bad.Select(bytes => ByteString.CopyFrom(bytes)))
        {
            Assert.Equal(ProofCheck.BadKey, Check(Changed(hello => hello.IdentityKey = bytes)));
            Assert.Equal(ProofCheck.BadKey, Check(Changed(hello => hello.SessionKey = bytes)));
        }
    }

    private Hello Good => _alice.Hello(Nonce, ServerId, "alice");

    private static ProofCheck Check(Hello hello) => KeyProof.Check(hello, Nonce.Span, ServerId.Span);

    private Hello Changed(Action<Hello> change)
    {
        var hello = Good;
        change(hello);
        return hello;
    }

    private static ByteString Flipped(ByteString bytes, int at)
    {
        var changed = bytes.ToByteArray();
        changed[at] ^= 1;
        return ByteString.CopyFrom(changed);
    }

    private static ByteString Bytes(int count, byte value) =>
        ByteString.CopyFrom([.. Enumerable.Repeat(value, count)]);
}
