/** Puts a text on the clipboard; false where the browser refuses. */
export async function copyText(text: string): Promise<boolean> {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch (refused) {
        if (refused instanceof DOMException || refused instanceof TypeError) return false;
        throw refused;
    }
}
