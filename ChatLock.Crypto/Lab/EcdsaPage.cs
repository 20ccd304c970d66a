using System.Globalization;
using System.Numerics;

namespace ChatLock.Crypto.Lab;

/// <summary>Collects the lines of an ECDSA lesson on one curve: P-256's numbers in hexadecimal, shortened in
/// tables; the small curve's in decimal, with every slope worked out.</summary>
internal sealed class EcdsaPage(Curve curve, LabDetail detail)
{
    private const int LabelWidth = 11;
    private readonly List<string> _lines = [LabText.EcdsaBanner];

    public IReadOnlyList<string> Lines => _lines;

    private bool IsSmall => curve.FieldBytes == 1;

    public void Heading(string text) => _lines.AddRange(["", text]);

    public void Text(string text) => _lines.Add("  " + text);

    public void Value(string label, string value) => Text(label.PadRight(LabelWidth) + value);

    public void Number(string label, BigInteger value) =>
        Value(label, IsSmall ? Decimal(value) : LabText.LongHex(value, curve.FieldBytes));

    public void Point(string label, CurvePoint point)
    {
        if (!point.IsFinite)
        {
            Value(label, "infinity");
        }
        else if (IsSmall)
        {
            Value(label, Short(point));
        }
        else
        {
            Number(label + ".x", point.X);
            Number(label + ".y", point.Y);
        }
    }

    public void Multiplication(string number, string point, Multiplication product)
    {
        var name = number.Length == 1 ? number + point : $"{number} {point}";
        if (detail == LabDetail.Steps)
        {
            var binary = IsSmall ? $" = {Binary(product.Scalar)}b" : "";
            Text($"{name}: {number}{binary}; double for every bit after the first, add {point} where it is 1");
            Text($"   bit           {"slope",-18}  sum");
            foreach (var (bit, step) in product.Steps)
                Text($"   {bit,3}  {Verb(step, point),-8} {SlopeText(step.Slope),-18}  {Sum(step)}");
        }
        Point(name, product.Result);
    }

    public void Addition(string label, PointStep step)
    {
        if (detail == LabDetail.Steps)
            Text($"{label}: slope {SlopeText(step.Slope)}, {Sum(step)}");
        Point("sum", step.Result);
    }

    public void Inversion(string label, string of, Inversion inversion)
    {
        if (detail == LabDetail.Steps)
        {
            Text($"{label} by Euclid: divide by the row above until 1 is left; remainder = coefficient * {of} mod n");
            Text($"  {"quotient",19}  {"remainder",19}  {"coefficient",19}");
            Text($"  {"",19}  {Short(inversion.Modulus),19}  {"0",19}");
            Text($"  {"",19}  {Short(inversion.Value),19}  {"1",19}");
            foreach (var step in inversion.Steps)
                Text($"  {Short(step.Quotient),19}  {Short(step.Remainder),19}  {Short(step.Coefficient),19}");
        }
        Number(label, inversion.Result);
    }

    /// <summary>A number in at most 18 characters and a sign.</summary>
    public string Short(BigInteger value) => IsSmall ? Decimal(value) : LabText.ShortHex(value);

    private string SlopeText(Slope? slope)
    {
        if (slope is null)
            return "none";
        return IsSmall
            ? $"{slope.Rise,2}/{slope.Run,2} = {slope.Rise,2}*{slope.RunInverse,2} = {slope.Value,2}"
            : LabText.ShortHex(slope.Value);
    }

    private string Sum(PointStep step) =>
        IsSmall ? $"{Short(step.First)} + {Short(step.Second)} = {Short(step.Result)}" : Short(step.Result);

    private string Short(CurvePoint point) =>
        point.IsFinite ? $"({Short(point.X),2}, {Short(point.Y),2})" : "infinity";

    private static string Verb(PointStep step, string point) =>
        step.Operation == PointOperation.Double ? "double" : "add " + point;

    private static string Binary(BigInteger value) =>
        value.IsZero ? "0" : value.ToString("b", CultureInfo.InvariantCulture).TrimStart('0');

    private static string Decimal(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
