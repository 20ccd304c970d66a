/** Times as people read them, in the browser's language. */

import { signal } from "@preact/signals";

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const precise = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

export const clockTime = (at: number): string => clock.format(at);
/** Characters that a time takes: "22:58", or "10:58 PM". */
export const clockChars = clockTime(new Date(2000, 0, 1, 22, 58).getTime()).length;
export const preciseTime = (at: number): string => precise.format(at);
export const isoTime = (at: number): string => new Date(at).toISOString();

/** A moment of the present day; changes at midnight, so that "Today" becomes "Yesterday". */
export const today = signal(Date.now());

/** Looks at the clock each minute: a timer for midnight would sleep with the machine. The answer stops it. */
export function watchDay(): () => void {
    const timer = setInterval(() => {
        if (!sameDay(today.peek(), Date.now())) today.value = Date.now();
    }, 60_000);
    return () => clearInterval(timer);
}

export function sameDay(a: number, b: number): boolean {
    return new Date(a).toDateString() === new Date(b).toDateString();
}

/** "Today", "Yesterday", or the day's name and date. */
export function dayName(at: number, now: number): string {
    if (sameDay(at, now)) return "Today";
    if (sameDay(at, dayBefore(now))) return "Yesterday";
    return day.format(at);
}

/** A day may have 23 or 25 hours. */
function dayBefore(now: number): number {
    const date = new Date(now);
    return date.setDate(date.getDate() - 1);
}
