using System.Net;
using ChatLock.Actors.Tests.Storage;
using ChatLock.Gateway.Tests.BadInput;
using ChatLock.Gateway.Tests.Page;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Gateway.Tests.EndToEnd;

/// <summary>The disk under a running gateway fills up, and somebody makes room again.</summary>
public sealed class FullDiskTests
{
    private const int EnvelopeBytes = 16 * 1024;

    [TmpfsFact]
    public async Task On_a_full_disk_posts_are_refused_sessions_live_on_and_it_recovers_by_itself_with_all_that_was_acknowledged()
    {
        using var disk = new Tmpfs(megabytes: 16);
        var ballast = Path.Combine(disk.Folder, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[8 * 1024 * 1024]);
        var data = Directory.CreateDirectory(Path.Combine(disk.Folder, "data")).FullName;
        await using var rig = await GatewayRig.StartAsync(
            ("storage.folder", data), ("limits.posts-per-second", "100000"), ("limits.posts-burst", "100000"));
        using var browser = new Browser(rig.Host);
        using var alice = await rig.EnterAsync("alice");

        var accepted = 0UL;
        Reply reply;
        HttpStatusCode ready;
        string said;
        do
        {
            while ((reply = await PostAsync(alice)).Accepted is { } taken)
            {
                while (accepted < taken.Sequence)
                    Assert.Equal(++accepted, await NextNumberAsync(rig.Bystander));
            }
            Assert.Equal(RefusalCode.NotStored, reply.Refused.Code);
            Assert.True(reply.Refused.RetryAfterMs > 0);
            using var answer = await browser.GetAsync("/readyz");
            (ready, said) = (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        while (ready == HttpStatusCode.OK); // by then a little room had been found, and it tried again
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready);
        Assert.Contains("full", said, StringComparison.Ordinal);

        var who = await alice.ReplyToAsync(await alice.SendAsync(new ClientFrame { Who = new Who() }));
        Assert.Equal(2, who.Roster.Members.Count);

        File.Delete(ballast);
        while ((reply = await PostAsync(alice)).Accepted is null)
            Assert.Equal(RefusalCode.NotStored, reply.Refused.Code);
        // What was being written when the disk was full may be there after all, and then it is delivered.
        for (var number = accepted + 1; number <= reply.Accepted.Sequence; number++)
            Assert.Equal(number, await NextNumberAsync(rig.Bystander));
        using var again = await browser.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    private static async Task<ulong> NextNumberAsync(RawClient client) =>
        (await client.NextAsync(ServerFrame.BodyOneofCase.Posted)).Posted.Position.Sequence;

    private static async Task<Reply> PostAsync(RawClient client) =>
        await client.ReplyToAsync(await client.SendAsync(RawClient.PostFrame(ByteString.CopyFrom(new byte[EnvelopeBytes]))));
}
