import { describe, expect, it } from 'vitest';
import { TRACKER_PARAMETERS } from '../../../src/audience/tracking/parameters.ts';
import { beginPath, continuePath, missPath, predictPath, type Path } from '../../../src/audience/tracking/path.ts';

const { motion } = TRACKER_PARAMETERS;
const box = (x: number) => ({ x, y: 0, width: 40, height: 100 });

/** Walks to the right at 60 pixels a second for two seconds, seen ten times a second. */
function walked(): Path {
  let path = beginPath(box(0), 0, motion);
  for (let step = 1; step <= 20; step++) path = continuePath(path, box(6 * step), 100 * step, motion);
  return path;
}

function missedFor(path: Path, pictures: number): Path {
  return pictures === 0 ? path : missedFor(missPath(path), pictures - 1);
}

describe('a path', () => {
  it('goes on as it went, and stands still beyond its horizon', () => {
    expect(predictPath(walked(), 2_500).x).toBeCloseTo(120 + 30, 0);
    expect(predictPath(walked(), 9_000, 500).x).toBeCloseTo(120 + 30, 0);
  });

  it('takes the way through a gap for straight: its speed is that of the way really made', () => {
    // Hidden for nine pictures; found where it would be at a third of the old speed.
    const found = continuePath(missedFor(walked(), 9), box(120 + 20), 3_000, motion);
    expect(predictPath(found, 4_000).x - predictPath(found, 3_000).x).toBeCloseTo(20, -1);
    // Had the gap been one long step, much of the old speed would be left.
    const leapt = continuePath(walked(), box(120 + 20), 3_000, motion);
    const error = (path: Path) => Math.abs(predictPath(path, 4_000).x - 160);
    expect(error(found)).toBeLessThan(error(leapt));
  });


  it('remembers the sightings of a direction twice over, and at least two', () => {
    expect(walked().sightings.map(({ atMs }) => atMs)).toEqual([400, 500, 600, 700, 800, 900, 1_000, 1_100, 1_200, 1_300, 1_400, 1_500, 1_600, 1_700, 1_800, 1_900, 2_000]);
    expect(continuePath(walked(), box(0), 60_000, motion).sightings.map(({ atMs }) => atMs)).toEqual([2_000, 60_000]);
  });
});
