/** Whether someone is here, where that isn't a matter of course: away is who has lost the connection for a while. */

import type { Person } from "../store/people";

export function Whereabouts({ person }: { person: Person }) {
    if (person.isHere && !person.isAway) return null;
    return <span class="away">{person.isHere ? "away" : "not here"}</span>;
}
