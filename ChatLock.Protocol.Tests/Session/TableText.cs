namespace ChatLock.Protocol.Tests.Session;

/// <summary>A table as it is read: rows of cells between bars, the first row and column are headings.</summary>
internal static class TableText
{
    public static IEnumerable<(string Row, string Column, string Cell)> Cells(string table)
    {
        var lines = table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToArray();
        foreach (var line in lines.Skip(1))
        {
            Assert.Equal(lines[0].Length, line.Length);
            for (var column = 1; column < line.Length; column++)
                yield return (line[0], lines[0][column], line[column]);
        }
    }
}
