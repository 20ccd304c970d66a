/** Times as people read them, in the browser's language. */

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const precise = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

export const clockTime = (at: number): string => clock.format(at);
export const preciseTime = (at: number): string => precise.format(at);
export const isoTime = (at: number): string => new Date(at).toISOString();

export function sameDay(a: number, b: number): boolean {
    return new Date(a).toDateString() === new Date(b).toDateString();
}

/** "Today", "Yesterday", or the day's name and date. */
export function dayName(at: number, now: number): string {
    if (sameDay(at, now)) return "Today";
    if (sameDay(at, now - 86_400_000)) return "Yesterday";
    return day.format(at);
}
