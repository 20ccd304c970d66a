/** One block through DES as a student would write it out: a name, the bits, the same in hexadecimal. */

import type { DesRoundStep, DesTrace } from "../../lab/desTrace";

export function DesView({ label, trace }: { label: string; trace: DesTrace }) {
    const isEncrypting = trace.direction === "encrypt";
    return (
        <div class="lesson">
            <h4>
                {label} <span class="tag tag-insecure">INSECURE</span>
            </h4>
            <Bits
                caption="The block and the key"
                rows={[
                    ["key", trace.key, 64, 8],
                    [isEncrypting ? "plaintext" : "ciphertext", trace.input, 64, 8],
                ]}
            />
            <details class="fold">
                <summary>Key schedule: sixteen round keys</summary>
                <p class="fine">
                    PC-1 drops the parity bits and parts the key into C and D. Before each round both are
                    rotated to the left; PC-2 picks 48 of their 56 bits as the round key K.
                </p>
                <Bits
                    caption="Round keys"
                    rows={[
                        ["C0", BigInt(trace.c0), 28, 7],
                        ["D0", BigInt(trace.d0), 28, 7],
                        ...trace.keySteps.flatMap((step): BitRow[] => [
                            [`C${step.round}`, BigInt(step.c), 28, 7, `rotated by ${step.rotation}`],
                            [`D${step.round}`, BigInt(step.d), 28, 7],
                            [`K${step.round}`, step.roundKey, 48, 6],
                        ]),
                    ]}
                />
            </details>
            <p class="fine">
                IP parts the block into L and R. In each round the new L is the old R, and the new R is L xor
                P(S(E(R) xor K)).
            </p>
            <Bits
                caption="After the initial permutation"
                rows={[
                    ["L0", BigInt(trace.l0), 32, 4],
                    ["R0", BigInt(trace.r0), 32, 4],
                ]}
            />
            {trace.rounds.map(step => (
                <details class="fold round" key={step.round} open={step.round === 1}>
                    <summary>
                        Round {step.round}
                        <code>
                            L{step.round} {hex(BigInt(step.left), 32)} R{step.round}{" "}
                            {hex(BigInt(step.right), 32)}
                        </code>
                    </summary>
                    <Bits caption={`Round ${step.round}`} rows={roundRows(step, isEncrypting)} />
                </details>
            ))}
            <p class="fine">The halves change places a last time, and the inverse of IP ends it.</p>
            <Bits
                caption="The end"
                rows={[
                    ["R16 L16", trace.preoutput, 64, 8],
                    [isEncrypting ? "ciphertext" : "plaintext", trace.output, 64, 8],
                ]}
            />
        </div>
    );
}

function roundRows(step: DesRoundStep, isEncrypting: boolean): BitRow[] {
    const before = step.round - 1;
    const key = isEncrypting ? step.round : 17 - step.round;
    return [
        [`E(R${before})`, step.expanded, 48, 6],
        [`K${key}`, step.roundKey, 48, 6],
        ["xor K", step.mixed, 48, 6],
        ["S1 to S8", BigInt(step.substituted), 32, 4],
        ["P", BigInt(step.permuted), 32, 4],
        [`xor L${before}`, BigInt(step.combined), 32, 4],
        [`L${step.round}`, BigInt(step.left), 32, 4],
        [`R${step.round}`, BigInt(step.right), 32, 4],
    ];
}

/** Name, value, bits, bits of a group, remark. */
type BitRow = [string, bigint, number, number, string?];

function Bits({ caption, rows }: { caption: string; rows: BitRow[] }) {
    return (
        <div class="scroll-x" tabIndex={0} role="region" aria-label={caption}>
            <table class="bits">
                <caption class="sr">{caption}</caption>
                <tbody>
                    {rows.map(([name, value, width, group, remark]) => (
                        <tr key={name}>
                            <th scope="row">{name}</th>
                            <td>{bits(value, width, group)}</td>
                            <td class="bits-hex">{hex(value, width)}</td>
                            <td class="away">{remark}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}

function bits(value: bigint, width: number, group: number): string {
    const text = value.toString(2).padStart(width, "0");
    return text.match(new RegExp(`.{1,${group}}`, "g"))?.join(" ") ?? text;
}

function hex(value: bigint, width: number): string {
    return value.toString(16).padStart(Math.ceil(width / 4), "0");
}
