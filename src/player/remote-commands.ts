import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { commandText, describeIssues, LitfassError, remoteCommandSchema, type CommandOutcome, type RemoteCommand, type RemoteOrder, type SignedCommand } from '../contract/index.ts';
import { verifySignature, writeDurably } from '../sync/index.ts';

/** Clocks of hub and screen need not agree to the second. */
const SKEW_MS = 60_000;

const seenSchema = z.array(z.strictObject({ id: z.string(), expiresMs: z.number() }));
type Seen = z.infer<typeof seenSchema>;

/** What a screen can do when it is asked; each rejects with words for people. A picture is a JPEG in base64. */
export type CommandHands = (order: RemoteOrder) => Promise<{ readonly picture?: string }>;

export interface RemoteCommandsOptions {
  readonly dataDir: string;
  readonly screenId: string;
  /** Pinned at enrolment. */
  readonly hubPublicKey: string;
  /** Wall clock of the hub as far as it is known, ms. */
  readonly hubNowMs: () => number;
  readonly hands: CommandHands;
  /** Brings the outcome to the hub. */
  readonly settle: (id: string, outcome: CommandOutcome) => Promise<void>;
  readonly onTrouble: (problem: LitfassError) => void;
}

export interface RemoteCommands {
  /** Carries out those that are new, one after the other. */
  take(commands: readonly SignedCommand[]): Promise<void>;
}

/**
 * Carries out what the hub signed for this screen, once. A command is noted durably before it is begun: one that restarts
 * the player must not be found again by its next life.
 */
export function openRemoteCommands({ dataDir, screenId, hubPublicKey, hubNowMs, hands, settle, onTrouble }: RemoteCommandsOptions): RemoteCommands {
  const file = join(dataDir, 'commands.json');
  let seen = read(file);
  let working: Promise<void> = Promise.resolve();

  async function takeOne(signed: SignedCommand): Promise<void> {
    const command = verified(signed);
    const nowMs = hubNowMs();
    if (seen.some(({ id }) => id === command.id)) return;
    if (nowMs >= command.expiresMs || command.issuedMs > nowMs + SKEW_MS) return;
    const next = [...seen.filter(({ expiresMs }) => expiresMs > nowMs), { id: command.id, expiresMs: command.expiresMs }];
    await writeDurably(file, JSON.stringify(next));
    seen = next;
    await settle(command.id, await carriedOut(command.order));
  }

  /** @throws LitfassError `command-signature`, `command-invalid` */
  function verified({ command: text, signature }: SignedCommand): RemoteCommand {
    if (!verifySignature(hubPublicKey, commandText(text), signature)) throw new LitfassError('command-signature', 'A command came that the hub of this screen did not sign. It is not carried out.');
    const command = remoteCommandSchema.safeParse(parse(text));
    if (!command.success) throw new LitfassError('command-invalid', `A command of the hub cannot be read: ${describeIssues(command.error)}. Bring screen and hub to the same version.`);
    if (command.data.screenId !== screenId) throw new LitfassError('command-invalid', `A command for screen "${command.data.screenId}" came to "${screenId}". It is not carried out.`);
    return command.data;
  }

  async function carriedOut(order: RemoteOrder): Promise<CommandOutcome> {
    try {
      return { state: 'done', message: '', ...(await hands(order)) };
    } catch (error) {
      return { state: 'failed', message: (error instanceof Error ? error.message : String(error)).slice(0, 500) };
    }
  }

  return {
    take(commands) {
      for (const command of commands) {
        working = working.then(() =>
          takeOne(command).catch((error: unknown) => {
            // Such as being told to stop while the hub is answered.
            onTrouble(error instanceof LitfassError ? error : new LitfassError('command-unanswered', `What became of a command could not be told to the hub: ${String(error)}. Look at the screen.`, { cause: error }));
          }),
        );
      }
      return working;
    },
  };
}

function read(file: string): Seen {
  try {
    return seenSchema.parse(parse(readFileSync(file, 'utf8')));
  } catch {
    // None came yet, or the note of them is damaged: then a command of the last five minutes may be carried out twice.
    return [];
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
