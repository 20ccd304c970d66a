/** Where the focus goes when what had it is gone: it never falls to the page's beginning. */

export const composerId = "composer";
export const viewTitleId = "view-title";

/** To the text field; where that would bring up a soft keyboard, to the open view's title. */
export function focusView(): void {
    const hasKeyboard = matchMedia("(hover: hover)").matches;
    document.getElementById(hasKeyboard ? composerId : viewTitleId)?.focus();
}
