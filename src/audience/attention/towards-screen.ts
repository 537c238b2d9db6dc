import type { AudienceParameters } from '../parameters.ts';
import type { Premises, Vector } from '../space/index.ts';
import { gazeShare, type HeadPose } from './gaze.ts';

/** Share of the best chance to look at the panel, with which a look begins and goes on. */
const SHARE = { enter: 0.5, leave: 0.15 };

/**
 * Whether a head is towards the screen. With panel and eyes known: whether looking there is at least half as likely as for a
 * head that points at the middle of the panel, so that a large panel near by allows more than a small one far away. Else
 * by fixed angles from the camera. To stop looking a head must turn further than to begin: an error of the pose does not
 * make somebody blink.
 */
export function isTowardsScreen(head: HeadPose, looking: boolean, eye: Vector | null, premises: Premises | null, { watchYawDeg, watchPitchDeg }: AudienceParameters): boolean {
  const edge = looking ? 'leave' : 'enter';
  if (premises && eye) return gazeShare(eye, premises.camera.at, head, premises.screen) >= SHARE[edge];
  return Math.abs(head.yawDeg) <= watchYawDeg[edge] && Math.abs(head.pitchDeg) <= watchPitchDeg[edge];
}
