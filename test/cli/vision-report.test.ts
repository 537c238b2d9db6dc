import { describe, expect, it } from 'vitest';
import { createAudience } from '../../src/audience/index.ts';
import { visionReportOf } from '../../src/cli/vision-report.ts';
import { visionClipReportSchema, type Visit } from '../../src/contract/index.ts';
import { ADULT, scene, standing } from '../audience/scenes.ts';
import { CALIBRATION, snapshot } from '../audience/shop.ts';

const of = (visits: readonly Visit[], demographics: string | null = null) => visionClipReportSchema.parse(visionReportOf({ frames: 10, analysedFps: 5, visits, floor: null, demographics }));

describe('the report on a clip', () => {
  it('says who could see, who watched, and for how much of their time', () => {
    const audience = createAudience();
    for (const frame of scene(8_000, [standing(0, 8_000, { x: 0.3, yawDeg: 0, demographics: ADULT }), standing(0, 4_000, { x: 0.7, yawDeg: null })])) {
      audience.showing({ id: 'clip', sinceMs: 0 }, frame.atMs);
      audience.observe(frame);
    }
    const report = of(audience.close());
    expect(report).toMatchObject({ footfall: 2, watchers: 1, opportunities: 2, conversionRatio: 0.5, attractionRatio: 8 / 12, distanceM: null, floor: null, demographics: 'uncalibrated' });
    expect(report.visits.map(({ attractionRatio }) => attractionRatio).sort()).toEqual([0, 1]);
    expect(report.bands.reduce((sum, expected) => sum + expected, 0) + report.bandUnknown).toBeCloseTo(2, 9);
    expect(report.bandUnknown).toBe(1);
  });

  it('says how far away people were where the camera was calibrated, and what the groups rest on', () => {
    const audience = createAudience({ calibration: CALIBRATION });
    for (let atMs = 0; atMs <= 3_000; atMs += 100) audience.observe(snapshot(atMs, [{ x: 0, y: 3, looksAt: null }]));
    expect(of(audience.close(), 'faceres-2026-11')).toMatchObject({ distanceM: expect.closeTo(3, 1) as number, opportunities: 0, conversionRatio: null, demographics: 'faceres-2026-11' });
  });

  it('of nobody has no ratios', () => {
    expect(of([])).toMatchObject({ footfall: 0, conversionRatio: null, attractionRatio: null });
  });
});
