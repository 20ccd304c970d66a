/** The stable spelling of refusal codes and close reasons: "name-taken" for REFUSAL_CODE_NAME_TAKEN.
 * docs/PROTOCOL.md sections 8 and 9. */

import { CloseReason, RefusalCode } from "../wire/generated/chatlock_pb";

/** A number that this version doesn't know reads "unknown-NUMBER". */
export const refusalName = (code: RefusalCode): string => refusals.get(code) ?? `unknown-${code}`;

export const closeReasonName = (reason: CloseReason): string => closes.get(reason) ?? `unknown-${reason}`;

/** Undefined for a name that no code has. */
export const refusalOf = (name: string): RefusalCode | undefined => numberOf(refusals, name);

export const closeReasonOf = (name: string): CloseReason | undefined => numberOf(closes, name);

const refusals = namesOf<RefusalCode>(RefusalCode);
const closes = namesOf<CloseReason>(CloseReason);

function namesOf<Code extends number>(values: object): ReadonlyMap<Code, string> {
    const named = Object.entries(values).filter(([, value]) => typeof value === "number");
    return new Map(named.map(([name, value]) => [value as Code, name.toLowerCase().replaceAll("_", "-")]));
}

const numberOf = <Code extends number>(names: ReadonlyMap<Code, string>, wanted: string): Code | undefined =>
    [...names].find(([, name]) => name === wanted)?.[0];
