import { z } from 'zod';
import { base64Schema, slugSchema, uuidSchema, wallMsSchema } from './ids.ts';
import { jpegSchema, keptPictureSchema } from './stage-picture.ts';

/** All that a hub can ask of a screen: a fixed list, so that whoever takes a hub over has no shell on its screens. */
export const remoteOrderSchema = z.discriminatedUnion('kind', [
  /** Load the stage page anew. */
  z.strictObject({ kind: z.literal('reload') }),
  /** Start the player's program again. */
  z.strictObject({ kind: z.literal('restart') }),
  /** Send a small picture of the stage, never of the camera. */
  z.strictObject({ kind: z.literal('screenshot') }),
  /** Show the screen's name on it for a while, for whoever looks for it in the shop. */
  z.strictObject({ kind: z.literal('identify') }),
  z.strictObject({ kind: z.literal('display'), power: z.enum(['on', 'off']) }),
  z.strictObject({ kind: z.literal('brightness'), percent: z.int().min(0).max(100) }),
]);
export type RemoteOrder = z.infer<typeof remoteOrderSchema>;

/** A wish is for now: an old one that comes late must do nothing. */
export const COMMAND_LIFE_MS = 5 * 60_000;

export const remoteCommandSchema = z
  .strictObject({
    v: z.literal(1),
    id: uuidSchema,
    /** For this screen alone. */
    screenId: slugSchema,
    issuedMs: wallMsSchema,
    expiresMs: wallMsSchema,
    order: remoteOrderSchema,
  })
  .refine(({ issuedMs, expiresMs }) => expiresMs > issuedMs && expiresMs - issuedMs <= COMMAND_LIFE_MS, { error: 'must be over within five minutes', path: ['expiresMs'] });
export type RemoteCommand = z.infer<typeof remoteCommandSchema>;

/** The exact text that was signed: Ed25519 of the hub key that the screen pinned, over `commandText(command)`. */
export const signedCommandSchema = z.strictObject({ command: z.string().max(2_000), signature: base64Schema });
export type SignedCommand = z.infer<typeof signedCommandSchema>;

/** What is signed: with its purpose before it, so that no signature over anything else is one over a command. */
export function commandText(command: string): string {
  return `litfass-command-v1\n${command}\n`;
}

/** Answer to `POST /v1/screens/:id/status` when something is wanted of the screen; otherwise 204. */
export const statusAnswerSchema = z.strictObject({ commands: z.array(signedCommandSchema).max(20) });
export type StatusAnswer = z.infer<typeof statusAnswerSchema>;

/** `POST /v1/screens/:id/commands/:command/outcome` */
export const commandOutcomeSchema = z.strictObject({
  state: z.enum(['done', 'failed']),
  /** Why it failed, or empty. */
  message: z.string().max(500),
  picture: jpegSchema.optional(),
});
export type CommandOutcome = z.infer<typeof commandOutcomeSchema>;

/** `waiting`: the screen has not answered yet. */
export const commandViewSchema = z.strictObject({
  id: uuidSchema,
  issuedMs: wallMsSchema,
  expiresMs: wallMsSchema,
  order: remoteOrderSchema,
  state: z.enum(['waiting', 'expired', 'done', 'failed']),
  message: z.string(),
});
export type CommandView = z.infer<typeof commandViewSchema>;
/** `GET /api/screens/:id/commands`, the newest first. The picture comes with them, so that an answered "screenshot" and what it brought are one. */
export const commandsResponseSchema = z.strictObject({ commands: z.array(commandViewSchema), picture: keptPictureSchema.nullable() });
export type CommandsResponse = z.infer<typeof commandsResponseSchema>;
