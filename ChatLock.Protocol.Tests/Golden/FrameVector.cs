using System.Text.Json.Nodes;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>A file of <c>vectors/frames</c>: bodies of one kind of message. Its README says what the fields are.</summary>
internal sealed record FrameVectorFile(
    string Message, IReadOnlyList<FrameVector> Frames, IReadOnlyList<OtherBody> Others);

/// <summary>A body and what it says.</summary>
internal sealed record FrameVector(string Name, string Body, JsonNode Json, bool Canonical);

/// <summary>A body that holds no frame known here: <c>malformed</c>, <c>unknown</c>, or either (<c>no-frame</c>).</summary>
internal sealed record OtherBody(string Name, string Body, string Expected);

/// <summary>vectors/frames/stream.json.</summary>
internal sealed record StreamVectorFile(IReadOnlyList<StreamVector> Streams);

/// <summary>A byte stream in the pieces in which it comes, and what is cut from it.</summary>
internal sealed record StreamVector(
    string Name, int BodyMaxBytes, IReadOnlyList<string> Chunks, IReadOnlyList<string> Frames, string End);
