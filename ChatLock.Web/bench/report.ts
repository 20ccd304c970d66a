/** Figures as tables, for reading and for docs/PERFORMANCE.md. */

export interface Table {
    readonly title: string;
    readonly heads: readonly string[];
    readonly rows: readonly (readonly string[])[];
    /** What has to be known to read it. */
    readonly remarks?: readonly string[];
}

export function asMarkdown({ title, heads, rows, remarks = [] }: Table): string {
    const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
    const table = [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
    return [`### ${title}`, table, ...remarks].join("\n\n");
}

/** The middle one; of an even number the upper of the two. */
export function median(values: readonly number[]): number {
    return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** "**31** (29, 31, 40)": the median, and all runs behind it. */
export function runs(values: readonly number[], digits = 0): string {
    const all = [...values].sort((a, b) => a - b).map(value => value.toFixed(digits));
    return `**${median(values).toFixed(digits)}** (${all.join(", ")})`;
}

export const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);
