import type { StageCommand } from '../contract/index.ts';
import { CUT } from './wishes.ts';

/** The `screen` is the page that shoppers see and that evidence comes from; a `view` only looks on. */
export type StageRole = 'screen' | 'view';

const PING_EVERY_MS = 3_000;
/** A looker-on that reads nothing must not fill the memory of a screen that runs for years. */
const MOST_UNREAD_LINES = 200;

interface ZoneCommands {
  readonly front: readonly StageCommand[];
  readonly behind: readonly StageCommand[];
}

/**
 * The line from the player to its stage page: commands as NDJSON on a streamed response. There is one screen at a time (a
 * reloaded page takes over), and any number of views, which are shown what the screen shows.
 */
export class StageLink {
  readonly #encoder = new TextEncoder();
  readonly #views = new Set<ReadableStreamDefaultController<Uint8Array>>();
  #screen: ReadableStreamDefaultController<Uint8Array> | null = null;
  #ping: NodeJS.Timeout | null = null;
  /** How the panel is divided: the first thing that a page is told. */
  #layout: StageCommand | null = null;
  /** What a view that joins late needs of each zone: the creative in front and the one behind it. */
  readonly #zones = new Map<string, ZoneCommands>();

  get connected(): boolean {
    return this.#screen !== null;
  }

  send(command: StageCommand): void {
    this.#remember(command);
    if (this.#screen !== null) this.#write(this.#screen, command);
    for (const view of this.#views) this.#write(view, seenFromAfar(command));
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
            this.#zones.clear();
          } else this.#views.add(controller);
          if (this.#layout !== null) this.#write(controller, role === 'view' ? seenFromAfar(this.#layout) : this.#layout);
          if (role === 'view') for (const { front, behind } of this.#zones.values()) for (const command of [...front, ...behind]) this.#write(controller, seenFromAfar(command));
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
    if (command.type === 'layout') {
      this.#layout = command;
      for (const id of this.#zones.keys()) if (!command.zones.some((zone) => zone.id === id)) this.#zones.delete(id);
    }
    if (command.type === 'prepare') {
      this.#zones.set(command.zone, { front: this.#zones.get(command.zone)?.front ?? [], behind: [command] });
      return;
    }
    if (command.type !== 'show' && command.type !== 'retire') return;
    for (const [id, { front, behind }] of this.#zones) {
      if (!behind.some((prepared) => 'playId' in prepared && prepared.playId === command.playId)) continue;
      this.#zones.set(id, { front: command.type === 'show' ? [...behind, { ...command, transition: CUT, inMs: 0 }] : front, behind: [] });
    }
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

/** Whoever looks on sits upright before another display, and not in the shop: the picture is not turned, and makes no sound. */
function seenFromAfar(command: StageCommand): StageCommand {
  if (command.type === 'layout') return { ...command, rotation: 0 };
  if (command.type === 'prepare') return { ...command, presentation: { ...command.presentation, volumePercent: 0 } };
  return command;
}
