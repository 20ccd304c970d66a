using System.Text;
using ChatLock.Protocol.Wire;
using Google.Protobuf;
using static ChatLock.Protocol.Wire.ServerFrame;

namespace ChatLock.Gateway.Tests.BadInput;

/// <summary>Right bytes at the wrong time, or with the wrong things in them.</summary>
public sealed class FramesTests
{
    [Fact]
    public async Task A_frame_before_hello_is_closed()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var client = await rig.ConnectAsync();

        await client.PostAsync("too early");

        Assert.Equal(CloseReason.UnexpectedFrame, await client.CloseReasonAsync());
        await rig.AssertOnlyCountedAsync(CloseReason.UnexpectedFrame);
    }

    [Fact]
    public async Task A_second_hello_is_closed_and_the_name_is_free_again()
    {
        await using var rig = await GatewayRig.StartAsync(("names.reserve-for", "0 s"));
        using var client = await rig.EnterAsync("twice");

        await client.SendAsync(new ClientFrame { Hello = client.HelloFor("twice") });

        Assert.Equal(CloseReason.UnexpectedFrame, await client.CloseReasonAsync());
        Assert.Equal("twice", (await BytesTests.NextDepartureAsync(rig.Bystander)).Member.Name);
        using var again = await rig.EnterAsync("twice");
    }

    [Fact]
    public async Task Two_hellos_at_once_are_closed()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var client = await rig.ConnectAsync();
        var hello = Protocol.Framing.EncodedFrame.Of(new ClientFrame { Ref = 1, Hello = client.HelloFor("both") }).WithPrefix.ToArray();

        await client.SendBytesAsync([.. hello, .. hello]);

        Assert.Equal(CloseReason.UnexpectedFrame, await client.CloseReasonAsync());
    }

    [Fact]
    public async Task A_token_that_was_never_given_is_refused_and_a_hello_without_it_is_taken()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var client = await rig.ConnectAsync();
        foreach (var bytes in (int[])[1, 16, 4000])
        {
            var hello = client.HelloFor("proper");
            hello.ResumeToken = ByteString.CopyFrom(new byte[bytes]);
            var refused = (await client.ReplyToAsync(await client.SendAsync(new ClientFrame { Hello = hello }))).Refused;
            Assert.Equal(RefusalCode.CannotResume, refused.Code);
        }

        await client.EnterAsync("proper");
        Assert.Equal(16, client.Welcome.ResumeToken.Length);
    }

    [Theory]
    [InlineData("lobby", 0UL, 0UL)]
    [InlineData("lobby", 1UL, ulong.MaxValue)]
    [InlineData("", ulong.MaxValue, ulong.MaxValue)]
    [InlineData("#nowhere", 1UL, 1UL)]
    [InlineData("~xyz", 1UL, 1UL)]
    [InlineData("no room at all", 1UL, 1UL)]
    public async Task Whatever_a_client_says_of_where_it_stands_it_is_let_in_and_can_talk(string room, ulong epoch, ulong sequence)
    {
        await using var rig = await GatewayRig.StartAsync();
        using var client = await rig.ConnectAsync();
        var hello = client.HelloFor("lost");
        hello.Positions.Add(new Position { Room = room, Epoch = epoch, Sequence = sequence });

        await client.SendAsync(new ClientFrame { Hello = hello });
        await client.NextAsync(BodyOneofCase.Welcome);

        Assert.NotNull((await client.ReplyToAsync(await client.PostAsync("here I am"))).Accepted);
        await rig.AssertOnlyCountedAsync(CloseReason.Malformed, 0);
    }

    [Fact]
    public async Task Positions_that_contradict_each_other_or_are_too_many_are_malformed()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var twice = await rig.ConnectAsync();
        var hello = twice.HelloFor("twice");
        hello.Positions.Add([new Position { Room = "lobby" }, new Position { Room = "lobby" }]);
        await twice.SendAsync(new ClientFrame { Hello = hello });
        Assert.Equal(CloseReason.Malformed, await twice.CloseReasonAsync());

        using var many = await rig.ConnectAsync();
        hello = many.HelloFor("many");
        hello.Positions.Add(Enumerable.Range(0, 67).Select(i => new Position { Room = $"#{i}" }));
        await many.SendAsync(new ClientFrame { Hello = hello });
        Assert.Equal(CloseReason.Malformed, await many.CloseReasonAsync());
        await rig.AssertOnlyCountedAsync(CloseReason.Malformed, 2);
    }

    [Fact]
    public async Task A_request_from_a_newer_client_is_refused_and_the_connection_goes_on()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var client = await rig.EnterAsync("newer");

        await client.SendBodyAsync([0x08, 0x2A, 0xFA, 0x01, 0x00]); // ref = 42, an empty body of field 31

        Assert.Equal(RefusalCode.Unsupported, (await client.ReplyToAsync(42)).Refused.Code);
        Assert.NotNull((await client.ReplyToAsync(await client.PostAsync("on"))).Accepted);
    }

    [Fact]
    public async Task Invalid_UTF8_in_a_name_is_malformed()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var client = await rig.ConnectAsync();
        var body = new ClientFrame { Ref = 1, Hello = client.HelloFor("QQQQ") }.ToByteArray();
        var at = body.AsSpan().IndexOf("QQQQ"u8);
        body[at] = 0xC3;
        body[at + 1] = 0x28;

        await client.SendBodyAsync(body);

        Assert.Equal(CloseReason.Malformed, await client.CloseReasonAsync());
        await rig.AssertOnlyCountedAsync(CloseReason.Malformed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\u0000b")]
    [InlineData("a\u001b[31mb")]
    [InlineData("a\u202eb")]
    [InlineData("a\u2066b\u2069")]
    [InlineData("a:b")]
    [InlineData("#room")]
    [InlineData("123456789012345678901234567890123")]
    public async Task A_text_that_is_no_name_is_refused_in_words_and_asked_again(string name)
    {
        await using var rig = await GatewayRig.StartAsync();
        using var client = await rig.ConnectAsync();

        var refused = (await client.ReplyToAsync(await client.SendAsync(new ClientFrame { Hello = client.HelloFor(name) }))).Refused;

        Assert.Equal(RefusalCode.NameInvalid, refused.Code);
        Assert.DoesNotContain(refused.Sentence, char.IsControl);
        await client.SendAsync(new ClientFrame { Hello = client.HelloFor("proper") });
        await client.NextAsync(BodyOneofCase.Welcome);
    }

    [Fact]
    public async Task A_name_that_looks_like_a_held_one_is_refused()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var client = await rig.ConnectAsync();

        var @ref = await client.SendAsync(new ClientFrame { Hello = client.HelloFor("by\u0455tander") }); // Cyrillic s

        Assert.Equal(RefusalCode.NameConfusable, (await client.ReplyToAsync(@ref)).Refused.Code);
    }

    [Fact]
    public async Task A_signature_over_another_nonce_is_no_proof()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var client = await rig.ConnectAsync();

        await client.SendAsync(new ClientFrame { Hello = client.HelloFor("liar", nonce: new byte[32]) });

        Assert.Equal(CloseReason.BadProof, await client.CloseReasonAsync());
        await rig.AssertOnlyCountedAsync(CloseReason.BadProof);
    }

    [Fact]
    public async Task A_hello_recorded_on_one_connection_is_no_proof_on_another()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var victim = await rig.ConnectAsync();
        var recorded = victim.HelloFor("victim");
        await victim.SendAsync(new ClientFrame { Hello = recorded });
        await victim.NextAsync(BodyOneofCase.Welcome);
        using var thief = await rig.ConnectAsync();

        await thief.SendAsync(new ClientFrame { Hello = recorded });

        Assert.Equal(CloseReason.BadProof, await thief.CloseReasonAsync());
        Assert.NotNull((await victim.ReplyToAsync(await victim.PostAsync("still me"))).Accepted);
    }

    [Fact]
    public async Task A_key_that_is_no_point_is_closed()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var client = await rig.ConnectAsync();
        var hello = client.HelloFor("nokey");
        hello.IdentityKey = ByteString.CopyFrom([4, .. new byte[64]]);

        await client.SendAsync(new ClientFrame { Hello = hello });

        Assert.Equal(CloseReason.BadKey, await client.CloseReasonAsync());
    }

    [Fact]
    public async Task A_message_over_the_limit_is_refused_and_one_at_the_limit_is_not()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var client = await rig.EnterAsync("long");
        var most = new byte[16 * 1024 + 512];

        var over = await client.SendAsync(RawClient.PostFrame(ByteString.CopyFrom([.. most, 0])));
        Assert.Equal(RefusalCode.TooLarge, (await client.ReplyToAsync(over)).Refused.Code);
        var at = await client.SendAsync(RawClient.PostFrame(ByteString.CopyFrom(most)));
        Assert.NotNull((await client.ReplyToAsync(at)).Accepted);
        var nothing = await client.SendAsync(RawClient.PostFrame(ByteString.Empty));
        Assert.Equal(RefusalCode.InvalidField, (await client.ReplyToAsync(nothing)).Refused.Code);
    }

    [Fact]
    public async Task More_messages_than_allowed_are_refused_with_a_time_and_none_of_the_allowed_is_lost()
    {
        await using var rig = await GatewayRig.StartAsync(
            GatewayRig.StandingClock(), ("limits.posts-per-second", "1"), ("limits.posts-burst", "5"));
        using var client = await rig.EnterAsync("flood");
        var refs = new List<ulong>();
        for (var i = 0; i < 20; i++)
            refs.Add(await client.PostAsync($"{i}"));

        var replies = new List<Reply>();
        foreach (var @ref in refs)
            replies.Add((await client.NextAsync(BodyOneofCase.Reply)).Reply);

        Assert.Equal(refs, replies.Select(reply => reply.Ref).Order());
        Assert.InRange(replies.Count(reply => reply.Accepted is not null), 5, 8);
        Assert.All(
            replies.Where(reply => reply.Refused is not null),
            reply => Assert.True(reply.Refused is { Code: RefusalCode.TooFast, RetryAfterMs: > 0 and <= 1000 }));
    }

    [Fact]
    public async Task A_client_that_never_reads_is_closed_too_slow_and_nobody_waits_for_it()
    {
        await using var rig = await GatewayRig.StartAsync(
            ("limits.posts-per-second", "100000"), ("limits.posts-burst", "100000"), ("limits.outbound-max", "128 KiB"));
        rig.Bystander.Dispose(); // it doesn't read here either
        using var slow = await rig.EnterAsync("slow");
        using var talker = await rig.EnterAsync("talker");
        var text = new string('x', 15 * 1024);

        // The kernel's buffers on both sides take some megabytes before anything waits in the server.
        for (var i = 0; i < 2000 && rig.Host.Server.Counters.Closes(CloseReason.TooSlow) == 0; i++)
            Assert.NotNull((await talker.ReplyToAsync(await talker.PostAsync(text))).Accepted);

        Assert.Equal(1, rig.Host.Server.Counters.Closes(CloseReason.TooSlow));
        Assert.NotNull((await talker.ReplyToAsync(await talker.PostAsync("on it goes"))).Accepted);
    }

    [Fact]
    public async Task Too_many_connections_from_one_address_are_told_so()
    {
        await using var rig = await GatewayRig.StartAsync(
            ("connections.per-address-max", "3"), ("connections.loopback-exempt", "off"), ("limits.resume-window", "0 s"));
        using var second = await rig.EnterAsync("second");
        using var third = await rig.EnterAsync("third");

        await Assert.ThrowsAsync<EndOfStreamException>(rig.ConnectAsync);
        Assert.Equal(1, rig.Host.Server.Counters.Closes(CloseReason.TooManyConnections));

        third.Dispose();
        await BytesTests.NextDepartureAsync(rig.Bystander);
        await EventuallyAsync(async () => (await rig.ConnectAsync()).Dispose());
    }

    /// <summary>The place is given back a moment after the departure is told.</summary>
    private static async Task EventuallyAsync(Func<Task> action)
    {
        using var patience = new CancellationTokenSource(GatewayRig.Patience);
        while (true)
        {
            try
            {
                await action();
                return;
            }
            catch (IOException) when (!patience.IsCancellationRequested) // cut, or ended
            {
                await Task.Yield();
            }
        }
    }
}
