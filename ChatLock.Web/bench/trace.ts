/** What a Chromium trace says of the page's main thread. */

/** As much of an event as is used; times in µs. https://chromium.googlesource.com/catapult, Trace Event Format. */
interface TraceEvent {
    readonly name: string;
    readonly ph: string;
    readonly pid: number;
    readonly tid: number;
    readonly ts: number;
    readonly dur?: number;
    /** On the processor, where the system tells it. */
    readonly tdur?: number;
    readonly args: Readonly<Record<string, unknown>>;
}

export const traceCategories = [
    "devtools.timeline",
    "disabled-by-default-devtools.timeline",
    "disabled-by-default-devtools.timeline.frame",
    "devtools.timeline.frame",
];

export interface MainThread {
    /** By the clock: what a person feels, and on a shared machine also what others did meanwhile. */
    readonly wall: Tasks;
    /** By the time that the thread had a processor: what the page is to blame for. */
    readonly processor: Tasks;
    /** What the task that took most of a processor was busy with, the most first: name and ms. */
    readonly longestIs: readonly (readonly [string, number])[];
    readonly framesDrawn: number;
    readonly framesDropped: number;
    readonly seconds: number;
}

export interface Tasks {
    readonly longestMs: number;
    readonly over50: number;
    readonly over100: number;
    /** Of the time of the trace, in percent. */
    readonly busyPercent: number;
}

/** Beginning to trace is work by itself, which no visitor ever sees: what the first moments hold isn't counted. */
export const settlingMs = 1_000;

export function readTrace(json: string): MainThread {
    const { traceEvents: all } = JSON.parse(json) as { traceEvents: TraceEvent[] };
    const [pid, tid] = mainThread(all);
    const begun = Math.min(...all.filter(isTask).map(({ ts }) => ts));
    const events = all.filter(event => event.ts >= begun + settlingMs * 1000);
    const here = events.filter(event => event.pid === pid && event.tid === tid);
    const tasks = here.filter(isTask);
    const first = Math.min(...tasks.map(({ ts }) => ts));
    const last = Math.max(...tasks.map(({ ts, dur }) => ts + dur!));
    const longest = tasks.reduce((most, task) => (cpuOf(task) > cpuOf(most) ? task : most));
    const count = (name: string) => events.filter(event => event.pid === pid && event.name === name).length;
    return {
        wall: tasksOf(
            tasks.map(({ dur }) => dur! / 1000),
            (last - first) / 1000,
        ),
        processor: tasksOf(tasks.map(cpuOf), (last - first) / 1000),
        longestIs: partsOf(longest, here),
        framesDrawn: count("DrawFrame"),
        framesDropped: count("DroppedFrame"),
        seconds: (last - first) / 1e6,
    };
}

function tasksOf(eachMs: readonly number[], wholeMs: number): Tasks {
    return {
        longestMs: Math.max(...eachMs),
        over50: eachMs.filter(ms => ms > 50).length,
        over100: eachMs.filter(ms => ms > 100).length,
        busyPercent: (100 * eachMs.reduce((sum, ms) => sum + ms, 0)) / wholeMs,
    };
}

/** In ms. */
const cpuOf = (event: TraceEvent): number => (event.tdur ?? 0) / 1000;

const isTask = (event: TraceEvent) => event.name === "RunTask" && event.ph === "X" && event.dur !== undefined;

/** The busiest one: the browser has other renderers, which wait. */
function mainThread(events: readonly TraceEvent[]): [number, number] {
    const threads = events.filter(
        ({ name, args }) => name === "thread_name" && args["name"] === "CrRendererMain",
    );
    const busy = ({ pid, tid }: TraceEvent) =>
        events.reduce(
            (sum, one) => sum + (one.pid === pid && one.tid === tid && isTask(one) ? one.dur! : 0),
            0,
        );
    const [thread] = threads.map(one => ({ one, busy: busy(one) })).sort((a, b) => b.busy - a.busy);
    if (!thread) throw new Error("the trace has no page");
    return [thread.one.pid, thread.one.tid];
}

/** Time by name, without what is inside of an inner event. */
function partsOf(task: TraceEvent, here: readonly TraceEvent[]): [string, number][] {
    const end = task.ts + task.dur!;
    const inside = here
        .filter(event => event.ph === "X" && event.ts >= task.ts && event.ts + (event.dur ?? 0) <= end)
        .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
    const sums = new Map<string, number>();
    const stack: TraceEvent[] = [];
    const add = (name: string, ms: number) => sums.set(name, (sums.get(name) ?? 0) + ms);
    for (const event of inside) {
        while (stack.length > 0 && event.ts >= stack.at(-1)!.ts + (stack.at(-1)!.dur ?? 0)) stack.pop();
        const ms = cpuOf(event);
        add(event.name, ms);
        if (stack.length > 0) add(stack.at(-1)!.name, -ms);
        stack.push(event);
    }
    return [...sums].sort(([, a], [, b]) => b - a).slice(0, 4);
}
