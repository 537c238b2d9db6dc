// The wire between a screen and its hub: the log goes up exactly once, programmes and media come down verified. The screen
// never waits for it: whatever fails here is tried again, is reported, and changes nothing of what is shown.
export type { BackOff } from './back-off.ts';
export { startDownlink, type Downlink, type DownlinkOptions } from './downlink.ts';
export { writeDurably } from './durable-file.ts';
export { verifySignature } from './ed25519.ts';
export { enrol, storedEnrolment, type Enrolment, type EnrolOptions } from './enrol.ts';
export { createHubClient, type HubClient } from './hub-client.ts';
export { openMediaStore, type MediaStore } from './media-store.ts';
export { openProgrammeStore, type ProgrammeStore, type ProgrammeStoreOptions } from './programme-store.ts';
export { loadScreenKey, type ScreenKey } from './screen-key.ts';
export { startStatusSender, type StatusSender, type StatusSenderOptions } from './status-sender.ts';
export type { TroubleListener } from './trouble.ts';
export { startUplink, type Uplink, type UplinkOptions } from './uplink.ts';
export type { VerifiedProgramme } from './verified-programme.ts';
