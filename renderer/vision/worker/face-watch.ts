import type { Face, VisionSettings } from '../../../src/contract/index.ts';
import type { Cutter, Region } from './nets/cutter.ts';
import { estimateDemographics } from './nets/demographics.ts';
import { estimateSmile } from './nets/expression.ts';
import { findFaces, type FoundFace } from './nets/faces.ts';
import { measureHead, type Head } from './nets/head.ts';
import type { Nets } from './nets/nets.ts';
import { measureSharpness } from './nets/sharpness.ts';
import type { Tensorflow } from './nets/tensorflow.ts';
import { createBudget } from './schedule/budget.ts';
import { demographicTurn, sampled } from './schedule/demographic-turns.ts';
import { expressionTurn } from './schedule/expression-turns.ts';
import { createFollowing, type FollowedFace } from './schedule/following.ts';
import { headTurns } from './schedule/head-turns.ts';

/** The mesh net sees every head that the detector sees; where it sees none, the detector was wrong. */
const MIN_HEAD_SCORE = 0.3;
/** Time that expressions may take of each second. */
const EXPRESSION_MS = 100;

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface FaceWatch {
  /** @param mayEstimate whether there is time for the age and gender net in this picture */
  look(size: Size, atMs: number, mayEstimate: boolean): Promise<Face[]>;
}

/** A face of this picture with what is known of it so far. */
interface SeenFace {
  readonly found: FoundFace;
  readonly followed: FollowedFace;
  head?: Head;
  demographics?: Face['demographics'];
  smile?: number;
}

/** Finds the faces in each picture, and spends the other nets where they say most. */
export function createFaceWatch(tf: Tensorflow, nets: Nets, cutter: Cutter, settings: VisionSettings): FaceWatch {
  const following = createFollowing();
  // A clip that waits for us shall say the same on every machine: there costs do not count.
  const live = settings.source.kind === 'camera' || settings.source.mode === 'loop';
  const demographics = createBudget(settings.demographicsBudgetMs);
  const expression = createBudget(EXPRESSION_MS);

  async function measureHeads(seen: SeenFace[], atMs: number): Promise<void> {
    for (const index of headTurns(seen.map(({ found }) => found), seen.map(({ followed }) => followed))) {
      const face = seen[index];
      if (!face) continue;
      face.head = await measureHead(tf, nets.head, cutter, face.found.region);
      face.followed.headMs = atMs;
      face.followed.confirmed = face.head.score >= MIN_HEAD_SCORE;
    }
  }

  async function estimate(seen: readonly SeenFace[], atMs: number, mayEstimate: boolean): Promise<void> {
    const candidates = seen.flatMap((face) => (face.head ? [{ face, followed: face.followed, facePx: face.found.region.width, ...face.head }] : []));
    if (nets.demographics && mayEstimate && demographics.allows(atMs)) {
      const turn = demographicTurn(candidates, ({ face }) => measureSharpness(cutter, face.found.region), atMs);
      if (turn) {
        const startedMs = performance.now();
        turn.face.demographics = await estimateDemographics(nets.demographics, cutter, upright(turn));
        sampled(turn.followed, atMs);
        if (live) demographics.spend(performance.now() - startedMs);
        return;
      }
    }
    if (nets.expression && expression.allows(atMs)) {
      const turn = expressionTurn(candidates, atMs);
      if (!turn) return;
      const startedMs = performance.now();
      turn.face.smile = await estimateSmile(tf, nets.expression, cutter, upright(turn));
      turn.followed.smileMs = atMs;
      if (live) expression.spend(performance.now() - startedMs);
    }
  }

  return {
    async look(size, atMs, mayEstimate) {
      const found = await findFaces(tf, nets.faces, cutter, size);
      const followed = following.step(atMs, found);
      const seen = found.flatMap((face, index): SeenFace[] => (followed[index] ? [{ found: face, followed: followed[index] }] : []));
      await measureHeads(seen, atMs);
      // What only the detector has seen may be a pattern on a coat: it would be counted as somebody.
      const real = seen.filter(({ followed: face }) => face.confirmed);
      await estimate(real, atMs, mayEstimate);
      return real.map((face) => faceOf(face, size));
    },
  };
}

/**
 * Field by field: whatever else is known of the face ends here. The score is the lower of detector's and mesh's: on a head
 * in profile one of them may be sure of a face that the other hardly sees.
 */
function faceOf({ found, head, demographics, smile }: SeenFace, size: Size): Face {
  const region = head ? centred(found.region, head.centre) : found.region;
  return {
    box: { x: region.x / size.widthPx, y: region.y / size.heightPx, width: region.width / size.widthPx, height: region.height / size.heightPx },
    score: Math.min(1, found.score, head?.score ?? 1),
    yawDeg: head?.yawDeg ?? null,
    pitchDeg: head?.pitchDeg ?? null,
    ...(demographics === undefined ? {} : { demographics }),
    ...(smile === undefined ? {} : { smile }),
  };
}

/** The head as the nets that judge faces were taught to see one: upright, and in the middle. */
function upright({ face, centre, rollDeg }: { readonly face: SeenFace } & Head): Region {
  return { ...centred(face.found.region, centre), rollDeg };
}

/** The mesh knows better than the detector where the middle of the head is. */
function centred(region: Region, centre: { readonly x: number; readonly y: number }): Region {
  return { ...region, x: region.x + (centre.x - 0.5) * region.width, y: region.y + (centre.y - 0.5) * region.height };
}
