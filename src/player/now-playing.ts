import type { StatusReport } from '../contract/index.ts';
import type { Showing } from '../playback/index.ts';

/** What is in front, as the hub is told of it. */
export function nowPlaying(showing: Showing | null): StatusReport['nowPlaying'] {
  if (showing === null) return null;
  const { playId, creative, decision, shown } = showing;
  const { id: creativeId, name, kind, sha256, durationMs } = creative;
  return { playId, creativeId, name, kind, sha256, startedMs: shown.wallMs, durationMs, reason: decision.reason };
}
