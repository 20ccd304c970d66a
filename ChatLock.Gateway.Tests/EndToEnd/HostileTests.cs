using ChatLock.Gateway.Tests.BadInput;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Gateway.Tests.EndToEnd;

/// <summary>Hostile clients against a real terminal client: what is forged is shown as such, and never as genuine.</summary>
public sealed class HostileTests
{
    [Fact]
    public async Task A_message_whose_signature_fails_is_shown_as_such_and_never_as_genuine()
    {
        await using var rig = await Rig.StartAsync();
        var alice = await rig.JoinAsync("alice");
        using var mallory = await RawClient.EnterAsync(rig.Plain, "mallory");
        var forged = mallory.Seal("forged text", counter: 1);
        forged.Signature = ByteString.CopyFrom([.. forged.Signature.Span[..^1], (byte)(forged.Signature[^1] ^ 1)]);
        var altered = mallory.Seal("altered text", counter: 2);
        altered.Ciphertext = ByteString.CopyFrom([(byte)(altered.Ciphertext[0] ^ 1), .. altered.Ciphertext.Span[1..]]);

        await PostAsync(mallory, forged);
        Assert.Contains("signature does not verify", await alice.ReadUntilAsync("from mallory"), StringComparison.Ordinal);
        await PostAsync(mallory, altered);
        Assert.Contains("signature does not verify", await alice.ReadUntilAsync("from mallory"), StringComparison.Ordinal);
        await PostAsync(mallory, mallory.Seal("an honest one", counter: 3));
        await alice.ReadUntilAsync("mallory to all: an honest one");

        Assert.DoesNotContain("forged text", alice.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("altered text", alice.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_sent_again_is_shown_once()
    {
        await using var rig = await Rig.StartAsync();
        var alice = await rig.JoinAsync("alice");
        using var mallory = await RawClient.EnterAsync(rig.Plain, "mallory");
        var message = mallory.Seal("pay me once", counter: 1);

        await PostAsync(mallory, message);
        await PostAsync(mallory, message);
        await PostAsync(mallory, mallory.Seal("the end", counter: 2));
        await alice.ReadUntilAsync("mallory to all: the end");

        Assert.Single(alice.Everything.Split('\n'), line => line.Contains("pay me once", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_with_another_key_is_warned_of_and_nothing_is_sent_until_the_user_has_answered()
    {
        await using var rig = await Rig.StartAsync("--names.reserve-for", "0 s"); // else nobody else gets the name
        var alice = await rig.JoinAsync("alice");
        var bob = await rig.JoinAsync("bob");
        await alice.TypeAsync("private:bob:to the real one");
        await bob.ReadUntilAsync("to the real one");
        await bob.TypeAsync("/quit");
        await alice.ReadUntilAsync("bob DISCONNECTED");
        var impostor = rig.Start("impostor", rig.Tls.ToString(), "--name", "bob");
        await impostor.ReadUntilAsync("as bob");
        await alice.ReadUntilAsync("joined");

        await alice.TypeAsync("private:bob:a secret");
        await alice.ReadUntilAsync("another key than before");
        await alice.TypeAsync("to all, meanwhile");
        await impostor.ReadUntilAsync("to all, meanwhile");
        Assert.DoesNotContain("a secret", impostor.Everything, StringComparison.Ordinal);

        await alice.TypeAsync("/verify bob accept");
        await alice.ReadUntilAsync("accepted");
        await alice.TypeAsync("private:bob:knowingly");
        await impostor.ReadUntilAsync("alice to me (private): knowingly");
    }

    [Fact]
    public async Task A_receiver_who_is_not_there_is_told_by_name_and_the_text_is_kept()
    {
        await using var rig = await Rig.StartAsync();
        var alice = await rig.JoinAsync("alice");

        await alice.TypeAsync("private:nobody:are you there?");

        var line = await alice.ReadUntilAsync("are you there?");
        Assert.Contains("nobody", line, StringComparison.Ordinal);
        Assert.Contains("Not sent", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_name_is_seen_by_all_and_an_unknown_command_by_nobody()
    {
        await using var rig = await Rig.StartAsync();
        var alice = await rig.JoinAsync("alice");
        var bob = await rig.JoinAsync("bob");

        await alice.TypeAsync("/nick carol");
        await bob.ReadUntilAsync("alice is now called carol");
        await alice.TypeAsync("/frobnicate the server");
        await alice.TypeAsync("//slashed");
        await bob.ReadUntilAsync("carol to all: /slashed");

        Assert.DoesNotContain("frobnicate", bob.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Escapes_in_a_message_reach_the_terminal_as_text()
    {
        await using var rig = await Rig.StartAsync();
        var alice = await rig.JoinAsync("alice");
        using var mallory = await RawClient.EnterAsync(rig.Plain, "mallory");

        await PostAsync(mallory, mallory.Seal("\u001b[2J\u001b]0;owned\u0007\nbob to all: fake", counter: 1));
        await PostAsync(mallory, mallory.Seal("the end", counter: 2));
        await alice.ReadUntilAsync("the end");

        Assert.DoesNotContain('\u001b', alice.Everything);
        Assert.DoesNotContain(alice.Everything.Split('\n'), line => line.StartsWith("bob to all", StringComparison.Ordinal));
    }

    private static async Task PostAsync(RawClient client, Envelope envelope) =>
        Assert.NotNull((await client.ReplyToAsync(await client.SendAsync(RawClient.PostFrame(envelope.ToByteString())))).Accepted);
}
