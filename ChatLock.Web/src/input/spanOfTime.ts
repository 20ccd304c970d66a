/** A length of time as it is typed: 90 or 90s, 10m, 2h, 1d; off is 0. */

import { ACT_SECONDS_MAX } from "../rooms/roomActs";

/** @returns seconds; undefined for anything else, and for more than acts allow. */
export function spanOfTime(typed: string): number | undefined {
    if (typed.toLowerCase() === "off") return 0;
    const [, digits, unit = ""] = /^(\d{1,9})([smhd]?)$/i.exec(typed) ?? [];
    if (digits === undefined) return undefined;
    const seconds = Number(digits) * (secondsOf[unit.toLowerCase()] ?? 1);
    return seconds <= ACT_SECONDS_MAX ? seconds : undefined;
}

const secondsOf: Readonly<Record<string, number>> = { m: 60, h: 3_600, d: 24 * 3_600 };
