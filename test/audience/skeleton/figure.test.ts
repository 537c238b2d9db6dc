import { describe, expect, it } from 'vitest';
import { FACE_M, figureOf, type Figure } from '../../../src/audience/skeleton/index.ts';
import { sightingsIn } from '../../../src/audience/people/sightings.ts';
import { placeCamera } from '../../../src/audience/index.ts';
import { JOINTS } from '../../../src/contract/index.ts';
import { CALIBRATION, jointPlaces, snapshot, type Shopper } from '../shop.ts';

const camera = placeCamera(CALIBRATION);
const HERE: Shopper = { x: 0.7, y: 2.8, looksAt: { x: 0, y: 0, z: 1.7 } };
const figure = (shopper: Shopper, see: Parameters<typeof snapshot>[2], faceM = FACE_M): Figure | null => figureOf(camera, sightingsIn(snapshot(0, [shopper], see))[0]!, faceM);
const off = (found: Figure | null, { x, y }: Shopper): number => Math.hypot(found!.foot.x - x, found!.foot.y - y);

describe('a person in the shop', () => {
  it('stands where the feet are: at the ankles, else at the lower edge of the body', () => {
    expect(off(figure(HERE, { joints: true }), HERE)).toBeLessThan(0.01);
    expect(off(figure(HERE, {}), HERE)).toBeLessThan(0.05);
  });

  it('stands below the face when the feet are hidden, as far away as the face is small', () => {
    expect(off(figure(HERE, { feet: false }), HERE)).toBeLessThan(0.15);
    expect(off(figure(HERE, { body: false }), HERE)).toBeLessThan(0.15);
  });

  it('stands nowhere when nothing says how far away', () => {
    // At eye level a camera sees all heads at one height.
    const atEyeLevel = { ...camera, at: { ...camera.at, z: 1.7 } };
    const [sighting] = sightingsIn(snapshot(0, [{ ...HERE, looksAt: null }], { feet: false }));
    expect(figureOf(atEyeLevel, sighting!, FACE_M)).toBeNull();
  });

  it('has eyes at the height of the head, and a face that was measured where the feet are seen', () => {
    const { eye, faceM } = figure(HERE, { joints: true })!;
    expect(eye!.z).toBeCloseTo(1.6, 1);
    expect(Math.hypot(eye!.x - HERE.x, eye!.y - HERE.y)).toBeLessThan(0.02);
    expect(faceM).toBeGreaterThan(0.22);
    expect(faceM).toBeLessThan(0.28);
    expect(off(figure(HERE, { feet: false }, faceM), HERE)).toBeLessThan(0.05);
  });

  it('has eighteen joints in metres, each to two centimetres while the body faces the camera', () => {
    const { joints } = figure(HERE, { joints: true })!;
    const places = jointPlaces(HERE);
    expect([...joints.keys()]).toEqual(JOINTS);
    for (const name of JOINTS) {
      const found = joints.get(name)!;
      expect(Math.hypot(found.x - places[name].x, found.y - places[name].y, found.z - places[name].z), name).toBeLessThan(0.02);
    }
    expect(figure(HERE, {})!.joints.size).toBe(0);
  });

  it('has eyes by the skeleton when no face was found', () => {
    expect(figure({ ...HERE, looksAt: null }, { joints: true })!.eye!.z).toBeCloseTo(1.6, 2);
  });
});
