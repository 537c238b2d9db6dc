import type { Body, VisionSettings } from '../../../src/contract/index.ts';
import type { Cutter } from './nets/cutter.ts';
import type { Nets } from './nets/nets.ts';
import { findPeople } from './nets/people.ts';
import { estimatePose } from './nets/pose.ts';
import type { Tensorflow } from './nets/tensorflow.ts';
import { createPoseFollowing } from './schedule/pose-following.ts';
import { createRate } from './schedule/rate.ts';

/** On a slow machine the search for people may take this share of the time, or nothing would be left to follow faces… */
const SEARCH_SHARE = 1 / 3;
/** …and the pose this. */
const POSE_SHARE = 1 / 2;
/** A hand that goes into a shelf is seen at ten poses a second (reach needs three in 300 ms). */
const POSE_EVERY_MS = 95;

export interface PeopleWatch {
  look(size: { readonly widthPx: number; readonly heightPx: number }, atMs: number): Promise<PeopleSeen>;
}

export interface PeopleSeen {
  /** `null`: not searched in this picture. */
  readonly bodies: Body[] | null;
  /** Followed from an earlier picture. */
  readonly poses: Body[];
  /** Whether the slow search ran. */
  readonly searched: boolean;
}

/** Searches people now and then, whichever way they look, and follows the pose of the nearest in between. */
export function createPeopleWatch(tf: Tensorflow, nets: Nets, cutter: Cutter, settings: VisionSettings): PeopleWatch {
  const live = settings.source.kind === 'camera' || settings.source.mode === 'loop';
  const searches = createRate(settings.bodyEveryMs, live ? SEARCH_SHARE : null);
  const poses = createRate(POSE_EVERY_MS, live ? POSE_SHARE : null);
  const following = createPoseFollowing();

  async function search(size: { readonly widthPx: number; readonly heightPx: number }, atMs: number): Promise<Body[] | null> {
    if (!searches.due(atMs)) return null;
    const startedMs = performance.now();
    const bodies = await findPeople(nets.people, cutter, size);
    searches.ran(atMs, performance.now() - startedMs);
    following.found(bodies);
    return [...bodies];
  }

  return {
    async look(size, atMs) {
      const bodies = await search(size, atMs);
      const searched = bodies !== null;
      const before = following.followed();
      const region = nets.pose && poses.due(atMs) ? following.region(size) : null;
      if (!nets.pose || !region) return { bodies, poses: [], searched };
      const startedMs = performance.now();
      const posed = following.posed(await estimatePose(tf, nets.pose, cutter, region, size));
      poses.ran(atMs, performance.now() - startedMs);
      if (!posed) return { bodies, poses: [], searched };
      // A body that was just found keeps its own box and score, and gains the joints.
      if (bodies) return { bodies: bodies.map((body) => (body === before && posed.joints ? { ...body, joints: posed.joints } : body)), poses: [], searched };
      return { bodies: null, poses: [posed], searched };
    },
  };
}
