namespace ChatLock.Crypto.Lab;

/// <summary>Writes the sections of an ECDSA lesson onto a page, in the order of FIPS 186-5 section 6.4.</summary>
internal static class EcdsaText
{
    public static void AddCurve(EcdsaPage page, Curve curve)
    {
        page.Heading($"Curve {curve.Title}");
        page.Number("p", curve.P);
        page.Number("a", curve.A);
        page.Number("b", curve.B);
        page.Point("G", curve.G);
        page.Number("n", curve.N);
        page.Text("nG is infinity: what points are multiplied by counts modulo n");
        page.Text("P1 + P2: slope = (y2 - y1) / (x2 - x1) mod p, to double a point (3 x1^2 + a) / (2 y1);");
        page.Text("         x = slope^2 - x1 - x2, y = slope (x1 - x) - y1 mod p");
    }

    public static void AddKeyPair(EcdsaPage page, SigningTrace trace)
    {
        page.Heading("Key pair: d is private, Q = dG is public");
        page.Number("d", trace.PrivateKey);
        page.Point("Q", trace.PublicKey);
    }

    public static void AddSigning(EcdsaPage page, SigningTrace trace)
    {
        page.Heading("Signing: r = x of kG mod n, s = k^-1 (e + r d) mod n");
        foreach (var rejected in trace.Rejected)
            page.Value("k rejected", $"{page.Short(rejected.K)}: {Reason(rejected.Flaw)}");
        page.Number("k", trace.K);
        page.Multiplication("k", "G", trace.KG);
        page.Number("r", trace.R);
        page.Inversion("k^-1", "k", trace.KInverse);
        page.Number("s", trace.S);
    }

    public static void AddVerification(EcdsaPage page, VerificationTrace trace)
    {
        page.Heading("Verification: w = s^-1, u1 = e w, u2 = r w (mod n), v = x of u1 G + u2 Q mod n; valid if v = r");
        if (trace.Steps is { } steps)
        {
            page.Inversion("w", "s", steps.SInverse);
            page.Number("u1", steps.U1);
            page.Number("u2", steps.U2);
            page.Multiplication("u1", "G", steps.U1G);
            page.Multiplication("u2", "Q", steps.U2Q);
            page.Addition("u1 G + u2 Q", steps.Sum);
            if (steps.V is { } v)
                page.Number("v", v);
            page.Number("r", trace.R);
        }
        page.Text(Sentence(trace.Verdict));
    }

    private static string Reason(NonceFlaw flaw) => flaw switch
    {
        NonceFlaw.OutOfRange => "not between 1 and n - 1",
        NonceFlaw.ZeroR => "r would be 0",
        _ => "s would be 0",
    };

    private static string Sentence(VerificationVerdict verdict) => verdict switch
    {
        VerificationVerdict.Valid => "v = r: VALID, the signature is this key's over this hash",
        VerificationVerdict.PublicKeyNotOnCurve => "INVALID: the public key is not a point of the curve",
        VerificationVerdict.SignatureOutOfRange => "INVALID: r or s is not between 1 and n - 1",
        _ => "v is not r: INVALID, not this key's signature over this hash",
    };
}
