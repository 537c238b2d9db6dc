import type { StageCommand, Transition } from '../contract/index.ts';

/** The `screen` is the page that shoppers see and that evidence comes from; a `view` only looks on. */
export type StageRole = 'screen' | 'view';

const PING_EVERY_MS = 3_000;
/** A looker-on that reads nothing must not fill the memory of a screen that runs for years. */
const MOST_UNREAD_LINES = 200;

const CUT: Transition = { kind: 'cut', ms: 0 };

/**
 * The line from the player to its stage page: commands as NDJSON on a streamed response. There is one screen at a time (a
 * reloaded page takes over), and any number of views, which are shown what the screen shows.
 */
export class StageLink {
  readonly #encoder = new TextEncoder();
  readonly #views = new Set<ReadableStreamDefaultController<Uint8Array>>();
  #screen: ReadableStreamDefaultController<Uint8Array> | null = null;
  #ping: NodeJS.Timeout | null = null;
  /** What a view that joins late needs: the creative in front and the one behind it. */
  #front: StageCommand[] = [];
  #behind: StageCommand[] = [];

  get connected(): boolean {
    return this.#screen !== null;
  }

  send(command: StageCommand): void {
    this.#remember(command);
    if (this.#screen !== null) this.#write(this.#screen, command);
    for (const view of this.#views) this.#write(view, command);
  }

  open(role: StageRole): ReadableStream<Uint8Array> {
    let own: ReadableStreamDefaultController<Uint8Array>;
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          own = controller;
          this.#ping ??= setInterval(() => this.send({ type: 'ping' }), PING_EVERY_MS).unref();
          if (role === 'screen') {
            if (this.#screen !== null) this.#drop(this.#screen);
            this.#screen = controller;
            this.#front = this.#behind = [];
          } else {
            this.#views.add(controller);
            for (const command of [...this.#front, ...this.#behind]) this.#write(controller, command);
          }
          this.#write(controller, { type: 'ping' });
        },
        cancel: () => this.#forget(own),
      },
      { highWaterMark: MOST_UNREAD_LINES },
    );
  }

  close(): void {
    if (this.#ping !== null) clearInterval(this.#ping);
    this.#ping = null;
    for (const controller of [this.#screen, ...this.#views]) if (controller !== null) this.#drop(controller);
  }

  #remember(command: StageCommand): void {
    if (command.type === 'prepare') this.#behind = [command];
    if (command.type === 'show') {
      this.#front = [...this.#behind, { ...command, transition: CUT }];
      this.#behind = [];
    }
    if (command.type === 'retire' && this.#behind.some((behind) => 'playId' in behind && behind.playId === command.playId)) this.#behind = [];
  }

  #write(controller: ReadableStreamDefaultController<Uint8Array>, command: StageCommand): void {
    if ((controller.desiredSize ?? 0) <= 0) {
      this.#drop(controller);
      return;
    }
    controller.enqueue(this.#encoder.encode(`${JSON.stringify(command)}\n`));
  }

  #drop(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#forget(controller);
    controller.close();
  }

  #forget(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#views.delete(controller);
    if (this.#screen === controller) this.#screen = null;
  }
}
