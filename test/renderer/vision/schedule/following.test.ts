import { describe, expect, it } from 'vitest';
import { createFollowing } from '../../../../renderer/vision/worker/schedule/following.ts';
import { faceAt } from './faces.ts';

describe('a face that is followed', () => {
  it('is the same one while it walks, whatever the order of the detections', () => {
    const following = createFollowing();
    const [left, right] = following.step(0, [faceAt(100, 100), faceAt(600, 100)]);
    const [first, second] = following.step(200, [faceAt(540, 100), faceAt(160, 100)]);
    expect(first).toBe(right);
    expect(second).toBe(left);
    expect([left?.streak, right?.streak]).toEqual([2, 2]);
  });

  it('is another one when it stands elsewhere, or is much larger', () => {
    const following = createFollowing();
    const [face] = following.step(0, [faceAt(100, 100)]);
    expect(following.step(100, [faceAt(300, 100)])[0]).not.toBe(face);
    expect(following.step(200, [faceAt(100, 100, 180)])[0]).not.toBe(face);
  });

  it('is known again after a moment behind somebody, but begins a new row of pictures', () => {
    const following = createFollowing();
    const [face] = following.step(0, [faceAt(100, 100)]);
    following.step(200, [faceAt(100, 100)]);
    following.step(400, []);
    expect(following.step(600, [faceAt(110, 100)])[0]).toBe(face);
    expect(face?.streak).toBe(1);
  });

  it('is the same one when the next picture comes late', () => {
    const following = createFollowing();
    const [face] = following.step(0, [faceAt(100, 100)]);
    expect(following.step(3_000, [faceAt(100, 100)])[0]).toBe(face);
    expect(face?.streak).toBe(2);
    expect(following.step(9_000, [faceAt(100, 100)])[0]).not.toBe(face);
  });

  it('is forgotten after a second and a half', () => {
    const following = createFollowing();
    const [face] = following.step(0, [faceAt(100, 100)]);
    following.step(1_000, []);
    expect(following.step(1_600, [faceAt(100, 100)])[0]).not.toBe(face);
  });
});
