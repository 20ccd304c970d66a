namespace ChatLock.Checker.Checking;

/// <summary>Where a record stands, for evidence.</summary>
/// <param name="File">The number of the file, in the order in which they were read.</param>
/// <param name="Line">From 1.</param>
internal readonly record struct RecordPlace(int File, int Line);
