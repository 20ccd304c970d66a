import type { ClientOptions } from "../../../src/client/clientOptions";
import type { ClientEvent, RoomView } from "../../../src/client/events";
import { FakeGateway } from "./fakeGateway";
import { Scenario } from "./scenario";
import { until } from "./until";

/** Several clients at one gateway in memory. */
export class Company {
    readonly gateway = new FakeGateway();

    /** Someone who joins the lobby. */
    async join(name: string, options: Partial<ClientOptions> = {}): Promise<Scenario> {
        const someone = await Scenario.make();
        someone.start({ openSocket: this.gateway.open, name, ...options });
        await someone.next("entered");
        return someone;
    }

    /** Makes a sealed room; its invite. */
    async makeRoom(owner: Scenario, name: string): Promise<{ room: RoomView; code: string }> {
        owner.do({ type: "create-room", name });
        const { room } = await owner.next("room-entered");
        const { code } = await owner.next("invite-shown");
        return { room, code: code! };
    }

    async enter(someone: Scenario, target: string, name?: string): Promise<RoomView> {
        someone.do({ type: "join", target, name });
        return (await someone.next("room-entered")).room;
    }

    /** The latest connection breaks, and the next one is made. */
    async reconnect(someone: Scenario): Promise<Extract<ClientEvent, { type: "entered" }>> {
        someone.clock.advance(1_000);
        return someone.next("entered");
    }

    /** Says something in a room; resolves when the server has it. */
    async say(someone: Scenario, text: string, room?: string): Promise<void> {
        const localId = someone.say(text, room);
        await someone.next("sent", sent => sent.localId === localId);
    }

    /** The texts of messages in a room, as somebody has seen them. */
    texts(someone: Scenario, room?: string): string[] {
        return someone
            .all("message")
            .filter(message => message.room === room && !message.isPrivate)
            .map(({ body }) => body.text);
    }

    async sees(someone: Scenario, text: string, room?: string): Promise<void> {
        await until(`"${text}"`, () => this.texts(someone, room).includes(text));
    }
}
