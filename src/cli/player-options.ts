import { Option, type Command } from 'commander';
import type { Rotation, VisionSettings } from '../contract/index.ts';
import type { AudienceSource } from '../player/index.ts';
import type { ShellKind } from '../shells/index.ts';
import { existingFile, ipv4, port, rotation, seconds, timeZone } from './options.ts';

/** What `start` and `player` have in common. */
export interface ScreenOptions {
  stagePort: number;
  shell: ShellKind | 'auto';
  windowed?: boolean;
  display?: string;
  camera?: boolean;
  clip?: string;
  replay?: string;
  backend: VisionSettings['backend'];
  seconds?: number;
  report?: string;
  timeZone?: string;
  rotate?: Rotation;
  slotLeader?: string;
  slotPort?: number;
}

export function addScreenOptions(command: Command): Command {
  return command
    .addOption(new Option('--camera', 'sense the audience with the default camera').conflicts(['clip', 'replay']))
    .addOption(new Option('--clip <file>', 'sense the audience in a video file (mp4, webm), looped, as if it were the camera').conflicts('replay'))
    .addOption(new Option('--replay <file>', 'replay an audience that `litfass vision --record` wrote down'))
    .addOption(backendOption())
    .addOption(new Option('--shell <kind>', 'how to show the stage').choices(['auto', 'electron', 'chromium', 'headless']).default('auto'))
    .addOption(new Option('--rotate <degrees>', 'turn the picture clockwise, for a panel that hangs on its side').argParser(rotation))
    .option('--time-zone <name>', 'the zone that schedules are meant in, such as Europe/Berlin; without it, that of this machine', timeZone)
    .addOption(slotLeaderOption())
    .addOption(slotPortOption())
    .option('--windowed', 'show the stage in a window instead of on the whole display')
    .option('--display <name>', 'which display, where there are several: its number from left to right, or its name')
    .option('--stage-port <number>', 'local port of the stage, unless Electron shows it', port, 8090)
    .option('--seconds <number>', 'stop by itself after so long', seconds)
    .option('--report <file>', 'write what happened to a JSON file at the end');
}

export function slotLeaderOption(): Option {
  return new Option('--slot-leader <address>', 'IPv4 address of the screen whose slots this one follows, where the network does not pass on multicast').argParser(ipv4);
}

export function slotPortOption(): Option {
  return new Option('--slot-port <number>', 'UDP port at which the leader of a group is asked for the time of its slots, 24817 if nothing is said').argParser(port);
}

/** What the vision page computes with. */
export function backendOption(): Option {
  return new Option('--backend <kind>', 'what the vision page computes with; auto is the fastest, measured at the first start').choices(['auto', 'webgpu', 'webgl', 'wasm'] satisfies VisionSettings['backend'][]).default('auto');
}

/** @throws LitfassError `file-missing` */
export function audienceSource(options: ScreenOptions): AudienceSource {
  if (options.camera === true) return { kind: 'camera' };
  if (options.clip !== undefined) return { kind: 'clip', file: existingFile(options.clip, 'an mp4 or webm file') };
  if (options.replay !== undefined) return { kind: 'recorded', file: existingFile(options.replay, 'a recording that `litfass vision --record` wrote') };
  return { kind: 'none' };
}

export function describeSource(source: AudienceSource): string {
  switch (source.kind) {
    case 'camera':
      return 'the default camera';
    case 'clip':
      return `${source.file}, looped`;
    case 'recorded':
      return 'a recorded walk-by; --camera or --clip FILE for people';
    case 'none':
      return 'not sensed; --camera for people';
  }
}
