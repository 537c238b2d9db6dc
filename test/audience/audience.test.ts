import { describe, expect, it } from 'vitest';
import { createAudience } from '../../src/audience/index.ts';
import type { Audience, Observation, Visit } from '../../src/contract/index.ts';
import { ADULT, CHILD, living, picture, scene, standing, walking } from './scenes.ts';
import { seeded } from './tracking/shop-films.ts';

/** Runs a scene and says what was counted after each picture, and who had been there in the end. */
function run(observations: readonly Observation[]): { moments: Audience[]; visits: Visit[] } {
  const audience = createAudience();
  const moments = observations.map((observation) => {
    audience.observe(observation);
    return audience.at(observation.atMs);
  });
  return { moments, visits: audience.close().sort((a, b) => a.enterMs - b.enterMs) };
}

function at(moments: readonly Audience[], atMs: number): Audience {
  return moments.findLast((moment) => moment.atMs <= atMs)!;
}

describe('people', () => {
  it('nobody is nobody, with a working sensor', () => {
    const { moments, visits } = run(scene(10_000, []));
    expect(visits).toEqual([]);
    expect(moments.at(-1)).toMatchObject({ sensor: 'ok', present: 0, watching: 0, dwellMs: 0, attentionMs: 0 });
  });

  it('somebody with the back turned for ten minutes is one visit without attention', () => {
    const { moments, visits } = run(scene(600_000, [living(0, 600_000, { x: 0.5, yawDeg: null }, seeded(1))]));
    expect(visits).toHaveLength(1);
    expect(visits[0]).toMatchObject({ watcher: false, attentionMs: 0, dwellMs: 600_000 });
    expect(new Set(moments.slice(8).map((moment) => moment.present))).toEqual(new Set([1]));
  });

  it('two who cross are two, and each keeps what is known of them', () => {
    // One walks through and never looks; the other walks the other way and looks at the screen all the time.
    const { moments, visits } = run(scene(6_000, [walking(0, 6_000, 0.1, 0.9, { yawDeg: 80 }), walking(0, 6_000, 0.9, 0.1, { yawDeg: 0, height: 0.7 })]));
    expect(visits).toHaveLength(2);
    expect(Math.max(...moments.map((moment) => moment.present))).toBe(2);
    expect(visits.map((visit) => visit.watcher).sort()).toEqual([false, true]);
    expect(visits.find((visit) => visit.watcher)?.attentionMs).toBeGreaterThan(5_000);
  });

  it('two who cross keep apart though one hides the other in the middle', () => {
    const behind = (atMs: number) => (atMs > 2_500 && atMs < 3_500 ? null : walking(0, 6_000, 0.1, 0.9, { yawDeg: 80 })(atMs));
    const { moments, visits } = run(scene(6_000, [behind, walking(0, 6_000, 0.9, 0.1, { yawDeg: 0 })]));
    expect(visits.map((visit) => visit.watcher).sort()).toEqual([false, true]);
    expect(visits.find((visit) => visit.watcher)?.attentionMs).toBe(6_000);
    expect(new Set(moments.slice(8).map((moment) => moment.present))).toEqual(new Set([2]));
  });

  it('somebody who stops behind a passer-by is found there again', () => {
    const stopping = (atMs: number) => (atMs > 2_500 && atMs < 4_000 ? null : { ...walking(0, 10_000, 0.1, 1.3, { yawDeg: 80 })(Math.min(atMs, 2_500))!, yawDeg: 80 });
    expect(run(scene(8_000, [stopping])).visits).toMatchObject([{ enterMs: 0, dwellMs: 8_000 }]);
  });

  it('somebody hidden behind a passer-by for two seconds is still the same visit', () => {
    const hidden = (atMs: number) => (atMs > 4_000 && atMs < 6_000 ? null : standing(0, 10_000, { x: 0.5, yawDeg: 0 })(atMs));
    const { moments, visits } = run(scene(10_000, [hidden]));
    expect(visits).toHaveLength(1);
    expect(visits[0]?.dwellMs).toBe(10_000);
    expect(moments.filter((moment) => moment.atMs > 1_000).every((moment) => moment.present === 1)).toBe(true);
  });

  it('somebody who leaves is gone after the gap, and the visit ends with the last sighting', () => {
    const { moments, visits } = run(scene(10_000, [standing(1_000, 5_000, { x: 0.5, yawDeg: 0 })]));
    expect(visits).toMatchObject([{ enterMs: 1_000, leaveMs: 5_000, dwellMs: 4_000 }]);
    expect(at(moments, 7_000).present).toBe(1);
    expect(at(moments, 8_000).present).toBe(0);
  });

  it('who comes four seconds after another left is another visit', () => {
    const { visits } = run(scene(20_000, [standing(0, 5_000, { x: 0.5, yawDeg: null }), standing(9_000, 15_000, { x: 0.5, yawDeg: null })]));
    expect(visits.map((visit) => visit.dwellMs)).toEqual([5_000, 6_000]);
  });

  it('seen first as a body and then as a face is one person', () => {
    const turning = (atMs: number) => standing(0, 8_000, { x: 0.5, yawDeg: atMs < 4_000 ? null : 5 })(atMs);
    const { visits } = run(scene(8_000, [turning]));
    expect(visits).toHaveLength(1);
    expect(visits[0]).toMatchObject({ enterMs: 0, dwellMs: 8_000, watcher: true });
  });

  it('a face and a body that were followed apart become one when they are seen together', () => {
    const together = scene(0, [standing(0, 0, { x: 0.5, yawDeg: 0 })])[0]!;
    const raised = (by: number) => together.faces.map((face) => ({ ...face, box: { ...face.box, y: face.box.y - by } }));
    // For a second the face stands too high above the body: two tracks. Then it sinks onto the body.
    const frames = Array.from({ length: 30 }, (_, index) => ({ ...together, atMs: index * 125, faces: raised(Math.max(0, Math.min(0.2, 0.36 - 0.02 * index))) }));
    expect(Math.max(...run(frames.slice(0, 8)).moments.map((moment) => moment.present))).toBe(2);
    expect(run(frames).visits).toHaveLength(1);
  });

  it('one spurious find is nobody', () => {
    const { moments, visits } = run(scene(5_000, [standing(1_000, 1_000, { x: 0.3, yawDeg: null }), standing(3_000, 3_125, { x: 0.7, yawDeg: 0, body: false })]));
    expect(visits).toEqual([]);
    expect(moments.every((moment) => moment.present === 0)).toBe(true);
  });

  it('faint finds alone are nobody, however long they last', () => {
    const shadow = { score: 0.15, box: { x: 0.4, y: 0.2, width: 0.1, height: 0.5 } };
    expect(run(Array.from({ length: 100 }, (_, index) => picture(index * 500, [], [shadow]))).visits).toEqual([]);
  });

  it('a face that is found in every second picture only does not flicker', () => {
    const flickering = (atMs: number) => (atMs % 250 === 0 ? standing(0, 10_000, { x: 0.5, yawDeg: 0, body: false })(atMs) : null);
    const { moments, visits } = run(scene(10_000, [flickering]));
    expect(visits).toHaveLength(1);
    const settled = moments.filter((moment) => moment.atMs > 1_000);
    expect(settled.every((moment) => moment.present === 1 && moment.watching === 1)).toBe(true);
  });

  it('forty faces at once are forty people', () => {
    const crowd = Array.from({ length: 40 }, (_, index) => standing(0, 2_000, { x: 0.05 + 0.1 * (index % 10), y: 0.05 + 0.24 * Math.floor(index / 10), height: 0.2, yawDeg: 0, body: false }));
    expect(at(run(scene(2_000, crowd)).moments, 2_000).present).toBe(40);
  });

  it('bodies searched only every three seconds still hold together', () => {
    const body = scene(0, [standing(0, 0, { x: 0.5, yawDeg: null })])[0]!;
    const frames = Array.from({ length: 81 }, (_, index) => ({ ...body, atMs: index * 250, bodies: index % 12 === 0 ? body.bodies : null }));
    expect(run(frames).visits).toMatchObject([{ dwellMs: 18_000 }]);
  });
});

describe('attention', () => {
  it('starts after a quarter of a second, ends half a second after turning away, and adds up', () => {
    const looks = (atMs: number) => standing(0, 12_000, { x: 0.5, yawDeg: (atMs >= 2_000 && atMs <= 4_000) || (atMs >= 8_000 && atMs <= 9_000) ? 5 : 70 })(atMs);
    const { moments, visits } = run(scene(12_000, [looks]));
    expect(at(moments, 2_125).watching).toBe(0);
    expect(at(moments, 2_250).watching).toBe(1);
    expect(at(moments, 4_500).watching).toBe(1);
    expect(at(moments, 4_625).watching).toBe(0);
    expect(visits).toMatchObject([{ attentionMs: 3_000, dwellMs: 12_000, watcher: true }]);
  });

  it('a glance is no look, and a blink does not end one', () => {
    const glance = (atMs: number) => standing(0, 6_000, { x: 0.5, yawDeg: atMs === 1_000 ? 0 : 70 })(atMs);
    expect(run(scene(6_000, [glance])).visits).toMatchObject([{ watcher: false, attentionMs: 0 }]);
    const blink = (atMs: number) => standing(0, 6_000, { x: 0.5, yawDeg: atMs === 3_000 || atMs === 3_125 ? 70 : 0 })(atMs);
    expect(run(scene(6_000, [blink])).visits).toMatchObject([{ attentionMs: 6_000 }]);
  });

  it('a head that wavers at the edge neither starts nor stops looking over and over', () => {
    const wavering = (atMs: number) => standing(0, 6_000, { x: 0.5, yawDeg: 31 + 4 * Math.sin(atMs) })(atMs);
    expect(run(scene(6_000, [wavering])).visits).toMatchObject([{ watcher: false }]);
    const settling = (atMs: number) => standing(0, 6_000, { x: 0.5, yawDeg: atMs < 1_000 ? 10 : 31 + 4 * Math.sin(atMs) })(atMs);
    expect(run(scene(6_000, [settling])).visits).toMatchObject([{ attentionMs: 6_000 }]);
  });

  it('the pose of a face that is hardly one is not believed', () => {
    expect(run(scene(6_000, [standing(0, 6_000, { x: 0.5, yawDeg: 0, faceScore: 0.4 })])).visits).toMatchObject([{ watcher: false, dwellMs: 6_000 }]);
  });

  it('looking at the floor is not watching', () => {
    expect(run(scene(6_000, [standing(0, 6_000, { x: 0.5, yawDeg: 0, pitchDeg: -45 })])).visits).toMatchObject([{ watcher: false }]);
  });
});

describe('groups', () => {
  it('several samples of one adult say an age group and a gender', () => {
    const { visits } = run(scene(4_000, [standing(0, 4_000, { x: 0.5, yawDeg: 0, demographics: ADULT })]));
    expect(visits[0]?.groups.ages['25-44']).toBeGreaterThan(0.8);
    expect(visits[0]?.groups.genders.female).toBeGreaterThan(0.85);
  });

  it('somebody who may be under 18 is somebody, and nothing else', () => {
    const { moments, visits } = run(scene(4_000, [standing(0, 4_000, { x: 0.5, yawDeg: 0, demographics: CHILD })]));
    expect(visits[0]?.groups).toMatchObject({ ages: { '18-24': 0, '25-44': 0, '45-64': 0, '65+': 0, unknown: 1 }, genders: { female: 0, male: 0, unknown: 1 } });
    expect(moments.every((moment) => moment.ages.unknown === moment.present && moment.genders.unknown === moment.present)).toBe(true);
  });

  it('a single sample decides nothing', () => {
    const once = (atMs: number) => standing(0, 4_000, { x: 0.5, yawDeg: 0, ...(atMs === 1_000 ? { demographics: ADULT } : {}) })(atMs);
    expect(run(scene(4_000, [once])).visits[0]?.groups.ages.unknown).toBe(1);
  });

  it('an even chance is unknown', () => {
    const vague = { ageBands: [0.1, 0.2, 0.15, 0.15, 0.2, 0.1, 0.1], female: 0.52 };
    const { visits } = run(scene(4_000, [standing(0, 4_000, { x: 0.5, yawDeg: 0, demographics: vague })]));
    expect(visits[0]?.groups).toMatchObject({ ages: { unknown: 1 }, genders: { unknown: 1 } });
  });

  it('two who cross do not swap their groups', () => {
    const man = { ageBands: [0, 0.02, 0.05, 0.08, 0.2, 0.35, 0.3], female: 0.1 };
    // The man stays on after the woman has left.
    const frames = scene(8_000, [walking(0, 5_000, 0.1, 0.9, { yawDeg: 10, demographics: ADULT }), walking(0, 8_000, 0.9, 0.1, { yawDeg: -10, height: 0.75, demographics: man })]);
    const { visits } = run(frames);
    expect(visits).toHaveLength(2);
    const [woman, stayed] = visits.sort((a, b) => a.leaveMs - b.leaveMs);
    expect(woman?.groups.genders.female).toBeGreaterThan(0.8);
    expect(stayed?.groups.genders.male).toBeGreaterThan(0.8);
  });
});

describe('the sensor', () => {
  it('is absent until it has shown a picture', () => {
    expect(createAudience().at(0)).toMatchObject({ sensor: 'absent', present: 0 });
  });

  it('that goes blind ends the visits in time, and says so instead of "nobody"', () => {
    const audience = createAudience();
    for (const frame of scene(3_000, [standing(0, 3_000, { x: 0.5, yawDeg: 0 })])) audience.observe(frame);
    audience.observe({ kind: 'sensor', atMs: 4_000, state: 'blind', message: 'x' });
    expect(audience.at(4_000)).toMatchObject({ sensor: 'blind', present: 1 });
    expect(audience.at(6_000)).toMatchObject({ sensor: 'blind', present: 0 });
    audience.observe({ kind: 'sensor', atMs: 6_000, state: 'absent', message: 'x' });
    expect(audience.takeVisits()).toMatchObject([{ dwellMs: 3_000 }]);
    expect(audience.takeVisits()).toEqual([]);
  });

  it('that shows a picture again is ok again', () => {
    const audience = createAudience();
    audience.observe({ kind: 'sensor', atMs: 0, state: 'blind', message: 'x' });
    audience.observe(picture(100, [], []));
    expect(audience.at(100).sensor).toBe('ok');
  });

  it('an observation that was overtaken changes nothing', () => {
    const frames = scene(3_000, [standing(0, 3_000, { x: 0.5, yawDeg: 0 })]);
    const audience = createAudience();
    for (const frame of frames) audience.observe(frame);
    const before = audience.at(3_000);
    audience.observe({ ...frames[0]!, atMs: 1_000, faces: [], bodies: [] });
    expect(audience.at(3_000)).toEqual(before);
  });
});
