using System.Text;
using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Signing;
using ChatLock.Crypto.Suites;
using CsCheck;

namespace ChatLock.Crypto.Tests.Suites;

/// <summary>What every suite in the list keeps to, in a room and privately.</summary>
public class SuiteContractTests
{
    private static readonly byte[] Plaintext = Encoding.UTF8.GetBytes("The lobby's at 8, n'est-ce pas? ✓");

    /// <summary>Each suite with each kind of message.</summary>
    public static TheoryData<SuiteId, MessageKind> Each
    {
        get
        {
            var each = new TheoryData<SuiteId, MessageKind>();
            foreach (var suite in SuiteList.All)
            {
                each.Add(suite.Id, MessageKind.Post);
                each.Add(suite.Id, MessageKind.Private);
            }
            return each;
        }
    }

    [Theory, MemberData(nameof(Each))]
    public void A_message_of_any_length_comes_back_as_it_was(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        foreach (var length in (int[])[0, 1, 7, 8, 9, 15, 16, 17, 16 * 1024])
        {
            var plaintext = Enumerable.Range(0, length).Select(i => (byte)(i % 255 + 1)).ToArray();
            var header = talk.Header(kind);
            var opened = talk.Open(header, talk.Seal(header, plaintext));
            Assert.Equal(OpenFailure.None, opened.Failure);
            Assert.Equal(plaintext, opened.Plaintext.ToArray());
        }
    }

    [Theory, MemberData(nameof(Each))]
    public void Any_content_comes_back_as_it_was(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        Gen.Select(Gen.Byte.Array[0, 100], Gen.ULong[1, ulong.MaxValue])
            .Where((content, _) => content is not [.., 0])
            .Sample((content, counter) =>
            {
                var header = talk.Header(kind, counter);
                return talk.Open(header, talk.Seal(header, content)).Plaintext.Span.SequenceEqual(content);
            }, iter: 50);
    }

    [Theory, MemberData(nameof(Each))]
    public void Each_flipped_bit_of_the_header_is_refused(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var header = talk.Header(kind);
        var message = talk.Seal(header, Plaintext);
        var flips = Flips(header.Target, target => header with { Target = target })
            .Concat(Flips(header.Sender, sender => header with { Sender = sender }))
            .Concat(Flips(header.Salt, salt => header with { Salt = salt }))
            .Concat(Enumerable.Range(0, 64).Select(bit => header with { Counter = header.Counter ^ (1UL << bit) }))
            .ToArray();
        Assert.Equal(8 * (32 + 32 + 16 + 8), flips.Length);
        Assert.All(flips, flipped => AssertRefused(OpenFailure.BadSignature, talk.Open(flipped, message)));
    }

    [Theory, MemberData(nameof(Each))]
    public void Each_flipped_bit_of_the_ciphertext_is_refused(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var header = talk.Header(kind);
        var message = talk.Seal(header, Plaintext);
        Assert.All(Flips(message.Ciphertext, ciphertext => message with { Ciphertext = ciphertext }),
            flipped => AssertRefused(OpenFailure.BadSignature, talk.Open(header, flipped)));
    }

    [Theory, MemberData(nameof(Each))]
    public void Each_flipped_bit_of_the_signature_is_refused(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var header = talk.Header(kind);
        var message = talk.Seal(header, Plaintext);
        Assert.All(Flips(message.Signature, signature => message with { Signature = signature }),
            flipped => AssertRefused(OpenFailure.BadSignature, talk.Open(header, flipped)));
    }

    [Theory, MemberData(nameof(Each))]
    public void A_message_cut_or_lengthened_anywhere_is_refused(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var header = talk.Header(kind);
        var message = talk.Seal(header, Plaintext);
        for (var length = 0; length < message.Ciphertext.Length; length++)
            AssertRefused(OpenFailure.BadSignature,
                talk.Open(header, message with { Ciphertext = message.Ciphertext[..length] }));
        for (var length = 0; length < message.Signature.Length; length++)
            AssertRefused(OpenFailure.BadSignature,
                talk.Open(header, message with { Signature = message.Signature[..length] }));
        AssertRefused(OpenFailure.BadSignature,
            talk.Open(header, message with { Ciphertext = (byte[])[.. message.Ciphertext.Span, 0] }));
        AssertRefused(OpenFailure.BadSignature,
            talk.Open(header, message with { Signature = (byte[])[.. message.Signature.Span, 0] }));
    }

    [Theory, MemberData(nameof(Each))]
    public void Another_sender_s_key_is_refused_whoever_the_header_names(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var header = talk.Header(kind);
        var message = talk.Seal(header, Plaintext);
        var asBob = header with { Sender = talk.Bob.PublicKey.Fingerprint };
        AssertRefused(OpenFailure.BadSignature, talk.Open(talk.Suite, talk.Bob.PublicKey, header, message));
        AssertRefused(OpenFailure.BadSignature, talk.Open(talk.Suite, talk.Bob.PublicKey, asBob, message));
        AssertRefused(OpenFailure.BadSignature, talk.Open(asBob, message));
    }

    [Theory, MemberData(nameof(Each))]
    public void A_header_that_names_another_than_the_signer_is_refused_even_if_signed(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var asBob = talk.Header(kind) with { Sender = talk.Bob.PublicKey.Fingerprint };
        var message = talk.SignAnything(asBob, talk.Seal(talk.Header(kind), Plaintext).Ciphertext.Span);
        AssertRefused(OpenFailure.BadSignature, talk.Open(asBob, message));
    }

    [Theory, MemberData(nameof(Each))]
    public void A_message_to_another_room_or_receiver_is_refused(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var header = talk.Header(kind);
        var elsewhere = header with
        {
            Target = kind == MessageKind.Post ? Talk.Room("garden") : talk.Alice.PublicKey.Fingerprint,
        };
        AssertRefused(OpenFailure.BadSignature, talk.Open(elsewhere, talk.Seal(header, Plaintext)));
        AssertRefused(OpenFailure.BadSignature, talk.Open(header, talk.Seal(elsewhere, Plaintext)));
    }

    [Theory, MemberData(nameof(Each))]
    public void A_message_of_the_other_kind_is_refused(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var header = talk.Header(kind);
        var other = header with { Kind = kind == MessageKind.Post ? MessageKind.Private : MessageKind.Post };
        AssertRefused(OpenFailure.BadSignature, talk.Open(other, talk.Seal(header, Plaintext)));
    }

    [Theory, MemberData(nameof(Each))]
    public void A_message_under_another_suite_s_number_is_refused(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var header = talk.Header(kind);
        var message = talk.Seal(header, Plaintext);
        var others = SuiteList.All.Where(suite => suite.Id != id).ToArray();
        Assert.NotEmpty(others);
        Assert.All(others, other =>
            AssertRefused(OpenFailure.BadSignature, talk.Open(other, talk.Alice.PublicKey, header, message)));
    }

    [Theory, MemberData(nameof(Each))]
    public void A_replay_is_refused(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var guard = new ReplayGuard();
        var (first, second) = (talk.Header(kind, 1), talk.Header(kind, 2));
        var (one, two) = (talk.Seal(first, [1]), talk.Seal(second, [2]));
        Assert.True(guard.Admit(talk.Open(first, one), first).IsGenuine);
        Assert.True(guard.Admit(talk.Open(second, two), second).IsGenuine);
        AssertRefused(OpenFailure.Replayed, guard.Admit(talk.Open(second, two), second));
        AssertRefused(OpenFailure.Replayed, guard.Admit(talk.Open(first, one), first));
    }

    [Theory, MemberData(nameof(Each))]
    public void A_header_out_of_shape_is_malformed_when_received_and_misuse_when_sent(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var header = talk.Header(kind);
        var message = talk.Seal(header, Plaintext);
        MessageHeader[] malformed =
        [
            header with { Target = header.Target[1..] },
            header with { Sender = header.Sender[1..] },
            header with { Salt = header.Salt[1..] },
            header with { Salt = new byte[17] },
            header with { Salt = default },
            header with { Counter = 0 },
        ];
        Assert.All(malformed, bad =>
        {
            AssertRefused(OpenFailure.Malformed, talk.Open(bad, message));
            Assert.Throws<ArgumentException>(() => talk.Seal(bad, Plaintext));
        });
    }

    [Theory, MemberData(nameof(Each))]
    public void Nobody_seals_in_another_s_name(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var asBob = talk.Header(kind) with { Sender = talk.Bob.PublicKey.Fingerprint };
        Assert.Throws<ArgumentException>(() => talk.Seal(asBob, Plaintext));
    }

    [Theory, MemberData(nameof(Each))]
    public void The_wrong_door_for_a_kind_is_misuse(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var other = talk.Header(kind == MessageKind.Post ? MessageKind.Private : MessageKind.Post);
        var message = talk.Seal(talk.Header(kind), Plaintext);
        Assert.Throws<ArgumentException>(() => kind == MessageKind.Post
            ? talk.Suite.OpenFromRoom(talk.Secret, talk.Alice.PublicKey, other, message)
            : talk.Suite.OpenFromPeer(talk.BobSession, talk.Alice.PublicKey, other, message));
    }

    [Theory, MemberData(nameof(Each))]
    public void Whoever_lacks_the_secret_or_session_key_can_not_read_a_rightly_signed_message(
        SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        using var otherSession = AgreementKey.Generate();
        var header = talk.Header(kind);
        var message = talk.Seal(header, Plaintext);
        var opened = kind == MessageKind.Post
            ? talk.Suite.OpenFromRoom(RoomSecret.Generate(), talk.Alice.PublicKey, header, message)
            : talk.Suite.OpenFromPeer(otherSession, talk.Alice.PublicKey, header, message);
        Assert.NotEqual(Plaintext, opened.Plaintext.ToArray());
        // A suite without authenticated encryption doesn't notice; that is one of the ways in which it is insecure.
        if (!talk.Suite.Insecure)
            AssertRefused(OpenFailure.CannotDecrypt, opened);
    }

    [Theory, MemberData(nameof(Each))]
    public void Whatever_a_sender_signs_is_answered_and_never_throws(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var header = talk.Header(kind);
        Gen.Byte.Array[0, 120].Sample(ciphertext =>
        {
            var message = talk.SignAnything(header, ciphertext);
            Assert.All(talk.Explain(header, message), line => Assert.InRange(line.Length, 0, 100));
            return talk.Open(header, message).Failure == OpenFailure.CannotDecrypt || talk.Suite.Insecure;
        }, iter: 100);
    }

    [Theory, MemberData(nameof(Each))]
    public void Equal_texts_look_alike_only_in_a_room_of_an_insecure_suite(SuiteId id, MessageKind kind)
    {
        using var talk = new Talk(SuiteOf(id));
        var one = talk.Seal(talk.Header(kind, 1), Plaintext);
        var two = talk.Seal(talk.Header(kind, 2), Plaintext);
        Assert.Equal(
            talk.Suite.Insecure && kind == MessageKind.Post,
            one.Ciphertext.Span.SequenceEqual(two.Ciphertext.Span));
    }

    [Fact]
    public void Suites_are_found_by_number_and_no_others()
    {
        Assert.All(SuiteList.All, suite =>
        {
            Assert.True(SuiteList.TryGet((uint)suite.Id, out var found));
            Assert.Same(suite, found);
        });
        foreach (var id in (uint[])[0, 3, 0x1_0001, 0x1_0002, uint.MaxValue])
            Assert.False(SuiteList.TryGet(id, out _));
    }

    [Fact]
    public void The_suites_are_numbered_named_and_labelled_as_documented() => Assert.Equal(
        [(SuiteId.Classic, "classic", "INSECURE", true), (SuiteId.Sealed, "sealed", "sealed", false)],
        SuiteList.All.Select(suite => (suite.Id, suite.Name, suite.Label, suite.Insecure)));

    private static Suite SuiteOf(SuiteId id) => SuiteList.All.Single(suite => suite.Id == id);

    private static void AssertRefused(OpenFailure expected, Opened opened)
    {
        Assert.Equal(expected, opened.Failure);
        Assert.False(opened.IsGenuine);
        Assert.True(opened.Plaintext.IsEmpty);
    }

    private static IEnumerable<T> Flips<T>(ReadOnlyMemory<byte> bytes, Func<byte[], T> with)
    {
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var flipped = bytes.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return with(flipped);
        }
    }
}
