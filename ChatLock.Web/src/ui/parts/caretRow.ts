/** On which row of a text field the caret stands, as it is drawn: a long line takes several. */

export function isOnFirstRow(field: HTMLTextAreaElement): boolean {
    return rowOf(field, field.selectionStart).row === 0;
}

export function isOnLastRow(field: HTMLTextAreaElement): boolean {
    const { row, rows } = rowOf(field, field.selectionEnd);
    return row === rows - 1;
}

/** What decides where a line breaks. */
const copied = [
    "width",
    "paddingLeft",
    "paddingRight",
    "boxSizing",
    "font",
    "letterSpacing",
    "wordSpacing",
    "lineHeight",
    "tabSize",
    "direction",
] as const;

/** A field doesn't tell: its text is laid out once more, out of sight. */
function rowOf(field: HTMLTextAreaElement, at: number): { row: number; rows: number } {
    const mirror = document.createElement("div");
    const style = getComputedStyle(field);
    for (const property of copied) mirror.style[property] = style[property];
    mirror.style.cssText += "position:fixed;visibility:hidden;white-space:pre-wrap;overflow-wrap:break-word";
    const caret = document.createElement("span");
    // A last row without anything on it would have no height.
    mirror.append(field.value.slice(0, at), caret, `${field.value.slice(at)}\u200b`);
    document.body.append(mirror);
    const rowHeight = parseFloat(style.lineHeight);
    const found = {
        row: Math.round(caret.offsetTop / rowHeight),
        rows: Math.round(mirror.clientHeight / rowHeight),
    };
    mirror.remove();
    return found;
}
