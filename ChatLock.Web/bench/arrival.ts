/** Ten thousand messages in the log, a hundred a second arriving, and somebody scrolling: how long the page's main
 * thread is busy at a time. Real messages of real clients: encrypted and signed there, verified and decrypted here. */

import { writeFileSync } from "node:fs";
import { devices, type Browser, type BrowserContextOptions } from "playwright-core";
import { Gateway } from "../e2e/harness/gateway";
import { launch } from "../e2e/harness/visitor";
import { Crowd } from "./crowd";
import { Reader } from "./reader";
import { runs, type Table } from "./report";
import { readTrace, settlingMs, traceCategories, type MainThread } from "./trace";

const messagesInLog = 10_000;
const arrivingPerSecond = 100;
const fillingPerSecond = 500;
const readingMs = 12_000;
const followingMs = 3_000;
const times = Number(process.env["CHATLOCK_BENCH_RUNS"] ?? 3);

interface Setting {
    readonly name: string;
    readonly options: BrowserContextOptions;
    readonly slowdown: number;
}

const settings: readonly Setting[] = [
    { name: "desktop", options: { viewport: { width: 1280, height: 800 } }, slowdown: 1 },
    { name: "phone, 4 times slower", options: devices["Pixel 7"]!, slowdown: 4 },
];

/** What is done while it is traced; at the end of each the log jumps to its end and follows what comes. */
interface Course {
    readonly name: string;
    readonly prepare: (reader: Reader) => Promise<void>;
    readonly run: (reader: Reader) => Promise<void>;
}

const courses: readonly Course[] = [
    {
        name: "reading back from the end",
        prepare: () => Promise.resolve(),
        run: reader => reader.readBack(readingMs),
    },
    {
        name: "all of it drawn, up and down",
        prepare: reader => reader.goToStart(messagesInLog),
        run: reader => reader.readAround(readingMs),
    },
];

interface Measured {
    readonly name: string;
    readonly traces: readonly MainThread[];
}

export async function arrival(): Promise<readonly Table[]> {
    const gateway = await Gateway.start(
        ...["--limits.posts-per-second", "1000", "--limits.posts-burst", "100000"],
    );
    try {
        const crowd = await Crowd.enter(gateway);
        const measured: Measured[] = [];
        for (const setting of settings) measured.push(...(await measureAll(gateway, crowd, setting)));
        return [tableOf(measured)];
    } finally {
        await gateway.stop();
    }
}

function tableOf(measured: readonly Measured[]): Table {
    const row = (name: string, of: (trace: MainThread) => number, digits = 0) => [
        name,
        ...measured.map(({ traces }) => runs(traces.map(of), digits)),
    ];
    return {
        title: `${messagesInLog.toLocaleString("en")} messages in the log, ${arrivingPerSecond} a second arriving, ${(readingMs + followingMs) / 1000} s traced, median of ${times} (all)`,
        heads: ["", ...measured.map(({ name }) => name)],
        rows: [
            row("longest task, ms", trace => trace.wall.longestMs),
            row("tasks over 50 ms", trace => trace.wall.over50),
            row("tasks over 100 ms", trace => trace.wall.over100),
            row("longest task, ms of processor", trace => trace.processor.longestMs, 1),
            row("tasks over 50 ms of processor", trace => trace.processor.over50),
            row("tasks over 100 ms of processor", trace => trace.processor.over100),
            row("main thread on a processor, %", trace => trace.processor.busyPercent),
            row("frames drawn a second", trace => trace.framesDrawn / trace.seconds),
            row("frames dropped a second", trace => trace.framesDropped / trace.seconds, 1),
        ],
        remarks: [
            "Target on the desktop: no task over 100 ms. What took most of a processor, in ms: " +
                measured.map(({ name, traces }) => `${name}: ${longestOf(traces)}`).join("; "),
        ],
    };
}

function longestOf(traces: readonly MainThread[]): string {
    const longest = traces.reduce((most, trace) =>
        trace.processor.longestMs > most.processor.longestMs ? trace : most,
    );
    return longest.longestIs.map(([name, ms]) => `${name} ${ms.toFixed(0)}`).join(", ");
}

async function measureAll(gateway: Gateway, crowd: Crowd, setting: Setting): Promise<Measured[]> {
    const browser = await launch();
    try {
        const reader = await Reader.join(browser, gateway.page, setting.options);
        await crowd.say(messagesInLog, fillingPerSecond);
        await reader.sees(crowd.said - 1);
        const measured = [];
        for (const course of courses) {
            const traces = [];
            for (let time = 0; time < times; time++)
                traces.push(await measure(browser, reader, crowd, course, setting));
            measured.push({ name: `${setting.name}: ${course.name}`, traces });
        }
        if (reader.visitor.complaints.length > 0) throw new Error(reader.visitor.complaints.join("\n"));
        await reader.visitor.leave();
        return measured;
    } finally {
        await browser.close();
    }
}

async function measure(
    browser: Browser,
    reader: Reader,
    crowd: Crowd,
    course: Course,
    setting: Setting,
): Promise<MainThread> {
    await course.prepare(reader);
    await reader.slowDown(setting.slowdown);
    await browser.startTracing(reader.visitor.page, { categories: [...traceCategories] });
    await new Promise(resolve => setTimeout(resolve, settlingMs));
    const read = async () => {
        await course.run(reader);
        await reader.jumpToEnd();
    };
    const arriving = ((readingMs + followingMs) / 1000) * arrivingPerSecond;
    await Promise.all([crowd.say(arriving, arrivingPerSecond), read()]);
    const trace = (await browser.stopTracing()).toString();
    await reader.slowDown(1);
    keep(trace, `${setting.name}-${course.name}`);
    await reader.sees(crowd.said - 1);
    return readTrace(trace);
}

/** For looking at in DevTools. */
function keep(trace: string, name: string): void {
    const folder = process.env["CHATLOCK_BENCH_TRACES"];
    if (folder) writeFileSync(`${folder}/${name.replaceAll(/\W+/g, "-")}.json`, trace);
}
