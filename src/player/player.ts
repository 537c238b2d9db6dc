import type { Clock, Rotation, RunReport, StatusReport, VisionSettings } from '../contract/index.ts';
import type { StageRole, Understudy } from '../playback/index.ts';
import type { StageHands } from './command-hands.ts';
import type { AudienceSource } from './sensors.ts';
import type { SlotNetwork } from './slot-keeping.ts';
import type { StagePulse } from './stage-pulse.ts';

/** What a screen is told when it starts. */
export interface PlayerOptions {
  readonly dataDir: string;
  readonly hubUrl: string;
  /** Needed once, to enrol. */
  readonly pairingCode?: string;
  readonly name: string;
  /** For SD cards: leaves reach the disk together, this often (docs/decisions/0011). Without it each at once. */
  readonly groupCommitMs?: number;
  /** IANA name; the machine's own if nothing is said. Schedules are meant in it. */
  readonly timeZone?: string;
  /** How the panel hangs; upright if nothing is said. */
  readonly rotation?: Rotation;
  /** How this screen reaches those that it shares slots with, where the network does not let it find them. */
  readonly slotNetwork?: SlotNetwork;
  readonly source: AudienceSource;
  /** What the vision page computes with; without it, the fastest that it has measured. */
  readonly backend?: VisionSettings['backend'];
  readonly shell: StatusReport['shell'];
  readonly version: string;
  /** Folder of the checkout or package: holds the built pages. */
  readonly projectDir: string;
  /** One line for people: what is wrong and what to do. */
  readonly say: (line: string) => void;
  readonly stop: AbortSignal;
  /** Without it, this machine's clocks. */
  readonly clock?: Clock;
  /** Lives before this one broke down: of the programme of this version (`null`: of the first one) show only what is safe. */
  readonly safe?: { readonly version: number | null } | null;
}

/** What whoever shows a screen can do with it. */
export interface Player {
  /** The whole surface of the player: pages, media, commands, observations. */
  fetch(request: Request, as: { readonly role: StageRole }): Response | Promise<Response>;
  /** The stage page says nothing any more. */
  onStageSilent(listener: () => void): void;
  /** The vision page says nothing any more. */
  onVisionSilent(listener: () => void): void;
  /** The page died, hangs or presents nothing, and is being opened anew: it is told nothing more, and its plays end now. */
  stageLost(): void;
  /** The page with `life=…` in its address is being opened for the stage; any other page gets no commands and no hearing. */
  announceStage(life: string): void;
  /** The page with `life=…` in its address is to take over from the one in front: it follows what that one shows. */
  callUnderstudy(life: string): Understudy;
  /** How the stage does, by what it presents. */
  stagePulse(): StagePulse;
  /** Something broke outside the pipeline: a leaf for auditors, a line for people. */
  fault(code: string, message: string): void;
  /** Of the programme that it has; `null`: none yet. */
  readonly programmeVersion: number | null;
  /** Nothing else helped: from now on the safe part of the programme, until a new one comes. */
  playSafely(): void;
  /** The shell's hands on the stage, for what the hub asks. */
  lend(hands: StageHands): void;
  /** The program is to start again: the hub asked for it, or a disk that was read-only has come back. */
  onRestart(listener: () => void): void;
  /** Whether the vision page is wanted: called at once, and at each change. */
  onSensing(listener: (wanted: boolean) => void): void;
  /** Ends the play in front, logs it, and gives the hub a moment to take it, `flushMs` at the most. */
  stop(flushMs?: number): Promise<void>;
  /** The plays since the start, counted here and at the hub; one that does not answer within `waitMs` has what it acknowledged. */
  impressions(waitMs: number): Promise<RunReport['impressions']>;
  /** What happened since the start, play by play: for a run of hours, not of years. */
  report(): Promise<RunReport>;
  close(): Promise<void>;
}
