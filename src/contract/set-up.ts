import { z } from 'zod';
import { clockQualitySchema } from './clock.ts';
import { enrolRequestSchema } from './hub-api.ts';
import { wallMsSchema } from './ids.ts';
import { rotationSchema } from './presentation.ts';

/** What a person says at a screen's first start. `settings.json` in the data folder, so that later starts need no options. */
export const screenSettingsSchema = z.strictObject({
  v: z.literal(1),
  hubUrl: z.url({ protocol: /^https?$/, error: 'must be an address such as https://hub.example' }).max(300),
  name: enrolRequestSchema.shape.name,
  /** IANA name; the screen's own day and hours. */
  timeZone: z.string().max(60).refine(isTimeZone, 'is no time zone that this machine knows'),
  /** Number from left to right, or the system's name of it; `null`: the first. */
  display: z.string().max(80).nullable(),
  rotation: rotationSchema,
  /** `null`: nobody is sensed. The programme's policy has to permit it as well. */
  camera: z.strictObject({ label: z.string().max(200).nullable() }).nullable(),
});
export type ScreenSettings = z.infer<typeof screenSettingsSchema>;

/** `POST /set-up/settings`: the settings, and the pairing code, which is used once and not kept among them. */
export const setUpRequestSchema = screenSettingsSchema.omit({ v: true }).extend({ code: enrolRequestSchema.shape.code });
export type SetUpRequest = z.infer<typeof setUpRequestSchema>;

/** A display as it is offered to people: what it is called from then on, and what they see of it. */
export const offeredDisplaySchema = z.strictObject({ display: z.string().min(1).max(80), label: z.string().max(200) });
export type OfferedDisplay = z.infer<typeof offeredDisplaySchema>;

/** `displays.json` in the data folder of a machine: its displays that have a screen each. */
export const machineDisplaysSchema = z.strictObject({ v: z.literal(1), displays: z.array(z.string().trim().min(1).max(80)).min(1).max(16) });

/** `GET /set-up/state`: what the machine knows by itself. */
export const setUpStateSchema = z.strictObject({
  hostname: z.string(),
  /** Addresses of this machine that reach further than itself; none: no network. */
  addresses: z.array(z.string()).max(20),
  timeZone: z.string(),
  clock: z.strictObject({ wallMs: wallMsSchema, quality: clockQualitySchema }),
  hubUrl: z.string(),
  /** From left to right. */
  displays: z.array(offeredDisplaySchema).max(16),
  /** The one that this set-up is about; `null`: it may be chosen, or each gets a screen of its own. */
  ownDisplay: z.string().max(80).nullable(),
});
export type SetUpState = z.infer<typeof setUpStateSchema>;

/** A network's name as people read it. No line breaks: what is typed goes to another program line by line. */
const ssidSchema = z.string().min(1).max(128).regex(/^\P{Cc}+$/u, 'must have no control characters');

export const wirelessNetworkSchema = z.strictObject({
  ssid: ssidSchema,
  signalPercent: z.int().min(0).max(100),
  /** `enterprise`: with a name and more for each user, which nobody types at a screen. */
  protection: z.enum(['open', 'password', 'enterprise']),
  inUse: z.boolean(),
});
export type WirelessNetwork = z.infer<typeof wirelessNetworkSchema>;

/** `GET /set-up/wireless`: what is in reach, the strongest first. `problem` says why none can be joined here, and what to do instead. */
export const wirelessSchema = z.strictObject({ networks: z.array(wirelessNetworkSchema).max(50), problem: z.string().max(500).nullable() });
export type Wireless = z.infer<typeof wirelessSchema>;

/** `POST /set-up/wireless`: the password is handed on to the system's own network service and kept nowhere else. `null`: there is none. */
export const joinRequestSchema = z.strictObject({
  ssid: ssidSchema,
  password: z.string().min(1).max(128).regex(/^\P{Cc}+$/u, 'must have no control characters').nullable(),
});
export type JoinRequest = z.infer<typeof joinRequestSchema>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
