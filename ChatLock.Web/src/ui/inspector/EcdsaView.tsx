/** This message's signature checked by hand: textbook ECDSA, every value. */

import type { CurvePoint, EcdsaTrace, Multiplication } from "../../lab/ecdsaTrace";

export function EcdsaView({ label, trace }: { label: string; trace: EcdsaTrace }) {
    return (
        <div class="lesson">
            <h4>
                {label} <span class="tag tag-insecure">INSECURE</span>
            </h4>
            <p class="fine">
                On {trace.curve}. With the signature (r, s), the hash e and the public key Q: w = 1/s, u1 =
                e·w, u2 = r·w, all modulo n. The signature is good when the x of u1·G + u2·Q is r.
            </p>
            <Values
                rows={[
                    ["n", trace.n],
                    ["e", trace.e],
                    ["r", trace.r],
                    ["s", trace.s],
                    ["Q.x", trace.publicKey.x],
                    ["Q.y", trace.publicKey.y],
                ]}
            />
            {trace.steps && <Steps steps={trace.steps} r={trace.r} />}
            <p>
                <strong class={trace.verdict === "valid" ? "verdict verdict-good" : "verdict verdict-bad"}>
                    {verdicts[trace.verdict]}
                </strong>
            </p>
        </div>
    );
}

const verdicts: Record<EcdsaTrace["verdict"], string> = {
    valid: "v = r: the signature is this key's over exactly these bytes",
    mismatch: "v is not r: the signature is not this key's over these bytes",
    "out-of-range": "r or s is outside 1 to n − 1: refused before any arithmetic",
    "not-on-curve": "Q isn't a point of the curve: refused before any arithmetic",
};

function Steps({ steps, r }: { steps: NonNullable<EcdsaTrace["steps"]>; r: bigint }) {
    return (
        <>
            <Values rows={[["w", steps.w]]} />
            <details class="fold">
                <summary>w by Euclid: {steps.euclid.length} divisions</summary>
                <p class="fine">
                    Divide by the row above until 1 is left; in each row remainder = coefficient · s modulo n.
                </p>
                <div class="scroll-x" tabIndex={0} role="region" aria-label="Euclid's divisions">
                    <table class="numbers">
                        <thead>
                            <tr>
                                <th scope="col">quotient</th>
                                <th scope="col">remainder</th>
                                <th scope="col">coefficient</th>
                            </tr>
                        </thead>
                        <tbody>
                            {steps.euclid.map((step, index) => (
                                <tr key={index}>
                                    <td>{short(step.quotient)}</td>
                                    <td>{short(step.remainder)}</td>
                                    <td>{short(step.coefficient)}</td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </div>
            </details>
            <Values
                rows={[
                    ["u1", steps.u1],
                    ["u2", steps.u2],
                ]}
            />
            <Product label="u1·G" product={steps.u1G} />
            <Product label="u2·Q" product={steps.u2Q} />
            <Values
                rows={
                    steps.sum
                        ? [
                              ["sum.x", steps.sum.x],
                              ["sum.y", steps.sum.y],
                              ["v", steps.v ?? 0n],
                              ["r", r],
                          ]
                        : []
                }
            />
        </>
    );
}

function Product({ label, product }: { label: string; product: Multiplication }) {
    return (
        <details class="fold">
            <summary>
                {label}: double and add, {product.steps.length} steps
                <code>{point(product.result)}</code>
            </summary>
            <div class="scroll-x" tabIndex={0} role="region" aria-label={label}>
                <table class="numbers">
                    <thead>
                        <tr>
                            <th scope="col">bit</th>
                            <th scope="col">step</th>
                            <th scope="col">sum so far</th>
                        </tr>
                    </thead>
                    <tbody>
                        {product.steps.map((step, index) => (
                            <tr key={index}>
                                <td>{step.bit}</td>
                                <td>{step.operation}</td>
                                <td>{point(step.result)}</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
        </details>
    );
}

function Values({ rows }: { rows: [string, bigint][] }) {
    return (
        <div class="rows">
            {rows.map(([name, value]) => (
                <div class="labelled" key={name}>
                    <span class="row-label">{name}</span>
                    <code class="row-value hex">
                        {value
                            .toString(16)
                            .padStart(64, "0")
                            .match(/.{1,8}/g)
                            ?.join(" ")}
                    </code>
                </div>
            ))}
        </div>
    );
}

function point(of: CurvePoint | undefined): string {
    return of ? `(${short(of.x)}, ${short(of.y)})` : "infinity";
}

/** Long numbers by their ends. */
function short(value: bigint): string {
    const [sign, digits] = [value < 0n ? "-" : "", (value < 0n ? -value : value).toString(16)];
    return sign + (digits.length <= 18 ? digits : `${digits.slice(0, 8)}…${digits.slice(-8)}`);
}
