import { randomUUID, sign, type KeyObject } from 'node:crypto';
import { COMMAND_LIFE_MS, commandText, LitfassError, type CommandOutcome, type CommandView, type RemoteCommand, type RemoteOrder, type SignedCommand } from '../../contract/index.ts';
import type { Pictures } from './pictures.ts';

/** The newest stay known. */
const MOST_KEPT = 50;
const MOST_WAITING = 20;

interface Issued {
  readonly command: RemoteCommand;
  readonly signed: SignedCommand;
  outcome: CommandOutcome | null;
}

/**
 * What people want of screens now. In memory alone: a command lives five minutes, so one that a restart of the hub forgets
 * is given again by whoever waits for it, and nothing old comes back.
 */
export interface Commands {
  /** @throws LitfassError `too-many-commands` */
  issue(screenId: string, order: RemoteOrder): RemoteCommand;
  /** Neither answered nor expired. A screen gets them until it answers, and knows those that it had. */
  waiting(screenId: string): SignedCommand[];
  /** @throws LitfassError `unknown-command` */
  settle(screenId: string, id: string, outcome: CommandOutcome): void;
  list(screenId: string): CommandView[];
}

export function createCommands(signingKey: KeyObject, clock: () => number, pictures: Pictures): Commands {
  const issued = new Map<string, Issued[]>();

  const of = (screenId: string): Issued[] => issued.get(screenId) ?? [];
  const isWaiting = ({ command, outcome }: Issued): boolean => outcome === null && command.expiresMs > clock();

  return {
    issue(screenId, order) {
      const known = of(screenId);
      if (known.filter(isWaiting).length >= MOST_WAITING) throw new LitfassError('too-many-commands', `screen "${screenId}" has ${MOST_WAITING} commands waiting already. Wait until it answered, or until they expire.`);
      const issuedMs = clock();
      const command: RemoteCommand = { v: 1, id: randomUUID(), screenId, issuedMs, expiresMs: issuedMs + COMMAND_LIFE_MS, order };
      const text = JSON.stringify(command);
      const signature = sign(null, Buffer.from(commandText(text)), signingKey).toString('base64');
      issued.set(screenId, [{ command, signed: { command: text, signature }, outcome: null }, ...known].slice(0, MOST_KEPT));
      return command;
    },
    waiting: (screenId) => of(screenId).filter(isWaiting).map(({ signed }) => signed).toReversed(),
    settle(screenId, id, outcome) {
      const found = of(screenId).find(({ command }) => command.id === id);
      if (found === undefined) throw new LitfassError('unknown-command', `screen "${screenId}" answers a command ${id} that this hub did not give, or has forgotten.`);
      const { picture, ...rest } = outcome;
      found.outcome = rest;
      if (picture !== undefined && found.command.order.kind === 'screenshot') pictures.asked(screenId, picture);
    },
    list: (screenId) =>
      of(screenId).map(({ command: { id, issuedMs, expiresMs, order }, outcome }) => ({
        id,
        issuedMs,
        expiresMs,
        order,
        state: outcome?.state ?? (expiresMs > clock() ? 'waiting' : 'expired'),
        message: outcome?.message ?? '',
      })),
  };
}
