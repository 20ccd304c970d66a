using ChatLock.Client.Connection;
using ChatLock.Client.Rooms;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using CsCheck;

namespace ChatLock.Client.Tests.Rooms;

public sealed class InviteLinkTests
{
    private static readonly InviteCode Code = InviteCode.Of(2, [.. Enumerable.Repeat((byte)5, 32)], Fingerprint.Of([1]));
    private static readonly byte[] ServerId = [.. Enumerable.Repeat((byte)0xAB, 32)];
    private static readonly string Hex = Convert.ToHexStringLower(ServerId);

    [Fact]
    public void Links_lead_a_browser_and_a_terminal_into_a_sealed_room()
    {
        Assert.True(ServerAddress.TryParse("Example.org:4700", out var server, out _));
        var links = InviteLink.For(server, ServerId, Code.Room, Code, "Tea & cake #1");
        Assert.Equal(
            [
                $"https://example.org:4643/#sha256={Hex}&room={Code.ToText()}&name=Tea%20%26%20cake%20%231",
                $"chatlock://example.org:4700#sha256={Hex}&room={Code.ToText()}&name=Tea%20%26%20cake%20%231",
            ],
            links);
        foreach (var link in links)
        {
            Assert.True(InviteLink.TryParse(link, out var read, out _));
            Assert.Equal((Code.Room, Code.ToText(), "Tea & cake #1"), (read.Room, read.Code?.ToText(), read.Title));
            Assert.Equal(Hex, Convert.ToHexStringLower([.. read.Server!.Certificate!.Value]));
            Assert.True(InviteLink.HasRoom(link));
        }
        Assert.Equal(4600, Read(links[0]).Server!.Port); // of the page's address the host is taken
        Assert.Equal(4700, Read(links[1]).Server!.Port);
    }

    [Fact]
    public void Links_lead_into_an_open_room_too()
    {
        Assert.True(RoomId.TryOpen("garden", out var garden, out _));
        var link = InviteLink.For(ServerAddress.Default, ServerId, garden, null, "#garden")[1];
        Assert.Equal($"chatlock://127.0.0.1:4600#sha256={Hex}&room=%23garden", link);
        Assert.Equal((garden, null), (Read(link).Room, Read(link).Code));
    }

    [Theory]
    [InlineData("garden", "#garden")]
    [InlineData("#Garden", "#garden")]
    [InlineData(" #garden ", "#garden")]
    [InlineData("host:4600#room=garden", "#garden")]
    [InlineData("chatlock://host#room=%23garden&name=x", "#garden")]
    public void An_open_room_is_named_with_or_without_its_sign_or_by_a_link(string text, string room) => Assert.Equal(room, Read(text).Room.Text);

    [Fact]
    public void A_code_alone_will_do_and_a_known_rooms_id()
    {
        Assert.Equal(Code.Room, Read(Code.ToText()).Room);
        Assert.Null(Read(Code.ToText()).Title);
        Assert.Equal((Code.Room, null), (Read(Code.Room.Text).Room, Read(Code.Room.Text).Code));
    }

    [Fact]
    public void A_cut_or_altered_code_is_refused_with_a_sentence_that_does_not_repeat_it()
    {
        var text = Code.ToText();
        var altered = text[..50] + (text[50] == 'A' ? 'B' : 'A') + text[51..];
        foreach (var bad in new[] { text[..^1], text[1..], text[..60], altered, text + "A" })
        {
            foreach (var form in new[] { bad, $"chatlock://host#sha256={Hex}&room={bad}&name=Tea" })
            {
                Assert.False(InviteLink.TryParse(form, out var link, out var problem));
                Assert.Null(link);
                Assert.Contains("Copy the link again", problem, StringComparison.Ordinal);
                Assert.DoesNotContain(bad[..20], problem, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("a b")]
    [InlineData("chatlock://host")]
    [InlineData("chatlock://host#sha256=abc&room=garden")]
    [InlineData("chatlock://ho st#room=garden")]
    [InlineData("https://host/#name=Tea")]
    [InlineData("chatlock://host#room=")]
    public void What_leads_nowhere_is_refused_with_a_sentence(string text)
    {
        Assert.False(InviteLink.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void The_servers_address_is_a_link_without_what_leads_into_the_room()
    {
        Assert.Equal($"chatlock://host:1#sha256={Hex}", InviteLink.WithoutRoom($"chatlock://host:1#room={Code.ToText()}&sha256={Hex}&name=x"));
        Assert.Equal("https://host/", InviteLink.WithoutRoom($"https://host/#room={Code.ToText()}"));
        Assert.Equal("host#md5=1", InviteLink.WithoutRoom("host#md5=1")); // no invite: the address has a problem of its own
        Assert.False(InviteLink.HasRoom("host"));
    }

    [Theory]
    [InlineData("%1B%5B31mTea", "[31mTea")]
    [InlineData("Tea%0Aparty", "Tea party")]
    [InlineData("%20", null)]
    [InlineData("123456789012345678901234567890123", null)]
    [InlineData("12345678901234567890123456789012", "12345678901234567890123456789012")]
    [InlineData("%ZZ", "%ZZ")]
    public void A_title_is_cleaned(string written, string? title) =>
        Assert.Equal(title, Read($"chatlock://host#room={Code.ToText()}&name={written}").Title);

    [Fact]
    public void No_text_at_all_makes_it_throw() => Gen.Select(Gen.String, Gen.String, Gen.Bool).Sample((before, after, isLink) =>
        InviteLink.TryParse(isLink ? $"{before}#room={after}&name={before}" : before, out var link, out var problem) == (link is not null && problem.Length == 0));

    [Fact]
    public void What_is_printed_of_a_link_holds_no_secret() =>
        Assert.DoesNotContain(Code.ToText()[20..60], Read(Code.ToText()).ToString()!, StringComparison.Ordinal);

    private static InviteLink Read(string text) => InviteLink.TryParse(text, out var link, out var problem) ? link : throw new InvalidOperationException(problem);
}
