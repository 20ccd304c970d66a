/** Who could read a room, in a word and in words. */

import type { RoomKind } from "../../rooms/roomId";
import type { SuiteInfo } from "../../suites/contract";
import { Icon } from "./Icon";

export function RoomTag({ suite, kind }: { suite: SuiteInfo; kind: RoomKind }) {
    if (suite.insecure) return <span class="tag tag-insecure">{suite.label}</span>;
    return kind === "sealed" ? (
        <span class="tag tag-private">
            <Icon name="lock" size={12} /> sealed
        </span>
    ) : (
        <span class="tag">open</span>
    );
}

export function roomWords({ suite, kind }: { readonly suite: SuiteInfo; readonly kind: RoomKind }): string {
    if (suite.insecure) return "DES, for lessons: anyone who listens can read it";
    return kind === "sealed"
        ? "only those with its link can read it; the gateway can't"
        : "the gateway could read it: it holds this room's key, and says whose room it is";
}
