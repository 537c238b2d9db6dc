import type { StageCommand } from '../contract/index.ts';
import type { UpcomingPlay } from './upcoming-play.ts';
import { wishesOf } from './wishes.ts';

/** Has the stage load and decode a creative into the free slot of its zone. */
export function prepareCommand({ playId, plannedMs, creative }: UpcomingPlay, zone: string): StageCommand {
  const { kind, sha256, mediaType, name, pageMs } = creative;
  const { presentation } = wishesOf(creative);
  return { type: 'prepare', playId, zone, presentation, kind, url: `../media/${sha256}`, mediaType, durationMs: plannedMs, name, ...(pageMs === undefined ? {} : { pageMs }) };
}
