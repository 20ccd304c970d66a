using System.Buffers;
using System.Text.Json.Nodes;
using ChatLock.Crypto.Tests;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>vectors/frames: what the reader and the writer of frames make of bytes, the same in every language.</summary>
public sealed class FrameVectorTests
{
    [Fact]
    public void The_files_are_what_the_samples_make_today()
    {
        GoldenFile.AssertIs("frames/client.json", FrameVectors.Client);
        GoldenFile.AssertIs("frames/server.json", FrameVectors.Server);
        GoldenFile.AssertIs("frames/envelope.json", FrameVectors.Envelopes);
        GoldenFile.AssertIs("frames/stream.json", StreamVectors.All);
    }

    [Fact]
    public void Every_kind_of_frame_is_there()
    {
        Assert.Equal(
            Enum.GetValues<ClientFrame.BodyOneofCase>().Where(kind => kind != ClientFrame.BodyOneofCase.None),
            FrameSamples.OfClient.Select(sample => sample.Frame.BodyCase).Distinct().Order());
        Assert.Equal(
            Enum.GetValues<ServerFrame.BodyOneofCase>().Where(kind => kind != ServerFrame.BodyOneofCase.None),
            FrameSamples.OfServer.Select(sample => sample.Frame.BodyCase).Distinct().Order());
        Assert.Equal(
            Enum.GetValues<Reply.ResultOneofCase>(),
            FrameSamples.OfServer.Select(sample => sample.Frame.Reply?.ResultCase ?? 0).Distinct().Order());
    }

    [Fact]
    public void Each_frame_of_a_client_is_read_and_written_as_the_file_says() =>
        Check("frames/client.json", ClientFrame.Parser, body => FrameBody.TryRead(body, out ClientFrame? frame)
            ? (frame, frame.BodyCase == ClientFrame.BodyOneofCase.None) : (null, false));

    [Fact]
    public void Each_frame_of_a_server_is_read_and_written_as_the_file_says() =>
        Check("frames/server.json", ServerFrame.Parser, body => FrameBody.TryRead(body, out ServerFrame? frame)
            ? (frame, frame.BodyCase == ServerFrame.BodyOneofCase.None) : (null, false));

    [Fact]
    public void Each_envelope_is_read_and_written_as_the_file_says() =>
        Check("frames/envelope.json", Envelope.Parser, body => (TryParseEnvelope(body), false));

    [Fact]
    public void Each_stream_is_cut_as_the_file_says()
    {
        var file = Vectors.Json<StreamVectorFile>("frames/stream.json");
        Assert.All(file.Streams, stream => Assert.Equal($"{stream.End}: {string.Join(' ', stream.Frames)}", Cut(stream)));
        VectorCounts.Passed("frames/stream.json", file.Streams.Count);
    }

    private static void Check<T>(
        string name, MessageParser<T> parser, Func<ReadOnlySequence<byte>, (IMessage? Message, bool IsUnknown)> read)
        where T : IMessage<T>
    {
        var file = Vectors.Json<FrameVectorFile>(name);
        Assert.All(file.Frames, vector =>
        {
            var body = Convert.FromHexString(vector.Body);
            var (frame, isUnknown) = read(new ReadOnlySequence<byte>(body));
            Assert.False(isUnknown);
            Assert.True(JsonNode.DeepEquals(vector.Json, FrameVectors.ToJson(frame!)), vector.Name);
            var written = parser.ParseJson(vector.Json.ToJsonString()).ToByteArray();
            Assert.Equal((vector.Name, vector.Canonical), (vector.Name, written.AsSpan().SequenceEqual(body)));
        });
        Assert.All(file.Others, vector =>
        {
            var (frame, isUnknown) = read(new ReadOnlySequence<byte>(Convert.FromHexString(vector.Body)));
            var answer = frame is null ? "malformed" : isUnknown ? "unknown" : "known";
            var expected = vector.Expected == "no-frame" && answer != "known" ? answer : vector.Expected;
            Assert.Equal((vector.Name, expected), (vector.Name, answer));
        });
        VectorCounts.Passed(name, file.Frames.Count + file.Others.Count);
    }

    private static Envelope? TryParseEnvelope(ReadOnlySequence<byte> body)
    {
        try
        {
            return Envelope.Parser.ParseFrom(body);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>As a reader does it: what came is appended, and frames are cut off until there is none.</summary>
    private static string Cut(StreamVector stream)
    {
        var (waiting, frames, read) = (Array.Empty<byte>(), new List<string>(), FrameRead.NeedMore);
        foreach (var chunk in stream.Chunks.Select(Convert.FromHexString))
        {
            var buffer = new ReadOnlySequence<byte>([.. waiting, .. chunk]);
            while ((read = LengthPrefix.TryRead(ref buffer, stream.BodyMaxBytes, out var body)) == FrameRead.Complete)
                frames.Add(Convert.ToHexStringLower(body.ToArray()));
            if (read != FrameRead.NeedMore)
                break;
            waiting = buffer.ToArray();
        }
        var end = read switch
        {
            FrameRead.TooLarge => "too-large",
            FrameRead.Empty => "empty",
            _ => waiting.Length == 0 ? "whole" : "part",
        };
        return $"{end}: {string.Join(' ', frames)}";
    }
}
