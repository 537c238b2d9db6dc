import type { FoundFace } from '../nets/faces.ts';
import type { Region } from '../nets/cutter.ts';

/**
 * A face that is followed from picture to picture by its place alone, as long as it is in view: what has been spent on it.
 * It has no number, and ends with the worker at the latest.
 */
export interface FollowedFace {
  region: Region;
  readonly beganMs: number;
  /** When it was seen last, and whether that was in the picture before the present one. */
  seenMs: number;
  /** Pictures in a row that it was found in, the present one included. */
  streak: number;
  /** Whether the mesh, when it was run last, saw a face here too. */
  confirmed: boolean;
  /** Times of the newest measurement of the head, sample of age and gender, and of expression; -Infinity: none yet. */
  headMs: number;
  sampledMs: number;
  smileMs: number;
  /** Good samples of age and gender so far. */
  samples: number;
}

export interface Following {
  /** Who of those followed each found face is, in the same order; a face that nobody was near begins anew. */
  step(atMs: number, found: readonly FoundFace[]): readonly FollowedFace[];
}

/** How far a head may be from where it was, in its own sizes: detectors stray by a tenth, and walkers make 4 sizes a second (1.4 m/s, 0.35 m). */
const STRAY = 0.35;
const PACE_PER_S = 4;
const FARTHEST = 1.2;
/** Nobody's face grows by half from one picture to the next. */
const GROWTH = 1.5;
/** Hidden for longer is gone… */
const LOST_MS = 1_500;
/** …but on a machine that is busy with something else, pictures are further apart, and nobody was hidden. */
const LONGEST_GAP_MS = 5_000;

/**
 * Follows faces so that each net runs for the right one and no more often than needed. It is not the audience's tracker,
 * which decides who was there: a mistake here costs one run of a net.
 */
export function createFollowing(): Following {
  let followed: readonly FollowedFace[] = [];
  let pictureMs = Number.NEGATIVE_INFINITY;

  return {
    step(atMs, found) {
      const here = followed.filter(({ seenMs }) => atMs - seenMs <= (seenMs === pictureMs ? LONGEST_GAP_MS : LOST_MS));
      const pairs = here
        .flatMap((face) => found.map((find, index) => ({ face, index, away: distance(face, find.region, atMs) })))
        .filter(({ away }) => away <= 1)
        .sort((a, b) => a.away - b.away);
      const faceOf = new Map<number, FollowedFace>();
      const taken = new Set<FollowedFace>();
      for (const { face, index } of pairs) {
        if (taken.has(face) || faceOf.has(index)) continue;
        taken.add(face);
        faceOf.set(index, face);
        face.streak = face.seenMs === pictureMs ? face.streak + 1 : 1;
        face.seenMs = atMs;
        face.region = found[index]?.region ?? face.region;
      }
      const now = found.map(({ region }, index) => faceOf.get(index) ?? begin(region, atMs));
      followed = [...here.filter((face) => !taken.has(face)), ...now];
      pictureMs = atMs;
      return now;
    },
  };
}

function begin(region: Region, atMs: number): FollowedFace {
  return { region, beganMs: atMs, seenMs: atMs, streak: 1, confirmed: false, headMs: -Infinity, sampledMs: -Infinity, smileMs: -Infinity, samples: 0 };
}

/** From where the face was to `region`, as a fraction of how far it may have come; Infinity: it cannot be that one. */
function distance({ region: was, seenMs }: FollowedFace, region: Region, atMs: number): number {
  const growth = region.width / was.width;
  if (growth > GROWTH || growth < 1 / GROWTH) return Infinity;
  const away = Math.hypot(region.x + region.width / 2 - was.x - was.width / 2, region.y + region.height / 2 - was.y - was.height / 2) / Math.max(was.width, region.width);
  return away / Math.min(FARTHEST, STRAY + (PACE_PER_S * (atMs - seenMs)) / 1000);
}
