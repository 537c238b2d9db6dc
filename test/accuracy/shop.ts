import { createAudience } from '../../src/audience/index.ts';
import type { Box } from '../../src/contract/index.ts';
import { seeded, shoot, SHOP_FILMS } from '../audience/tracking/shop-films.ts';

const SIZE = { widthPx: 1280, heightPx: 720 };
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

export interface ShopResult {
  readonly film: string;
  readonly fps: number;
  readonly people: number;
  /** Mean over the seeds of how many visits were counted, and of the share of the true stays that they make up. */
  readonly visits: number;
  readonly dwellShare: number;
}

/** Shops made of arithmetic, whose truth is exact and which need no data: walkers before a made-up detector with the errors of a real one. */
export function runShops(): readonly ShopResult[] {
  return SHOP_FILMS.flatMap((film) =>
    [5, 8].map((fps) => {
      const runs = SEEDS.map((seed) => {
        const audience = createAudience();
        const stays = new Map<number, { fromMs: number; untilMs: number }>();
        for (const { atMs, detections, truth } of shoot(film, fps, seeded(seed)).pictures) {
          audience.observe({ kind: 'frame', atMs, ...SIZE, faces: [], bodies: detections.map(({ box, score }) => ({ box: inFractions(box), score: 0.7 * Math.max(0, score) })) });
          for (const { id } of truth) stays.set(id, { fromMs: stays.get(id)?.fromMs ?? atMs, untilMs: atMs });
        }
        const visits = audience.close();
        const trueMs = [...stays.values()].reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0);
        return { people: stays.size, visits: visits.length, dwellShare: visits.reduce((sum, { dwellMs }) => sum + dwellMs, 0) / trueMs };
      });
      const mean = (figure: 'people' | 'visits' | 'dwellShare'): number => runs.reduce((sum, run) => sum + run[figure], 0) / runs.length;
      return { film: film.name, fps, people: mean('people'), visits: mean('visits'), dwellShare: mean('dwellShare') };
    }),
  );
}

function inFractions({ x, y, width, height }: Box): Box {
  return { x: x / SIZE.widthPx, y: y / SIZE.heightPx, width: width / SIZE.widthPx, height: height / SIZE.heightPx };
}
