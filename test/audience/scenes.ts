import type { Body, DemographicSample, Face, FrameObservation } from '../../src/contract/index.ts';

/** Pictures a second and searches for bodies of the made-up camera, as on a slow screen. */
export const FRAME_MS = 125;
const BODY_EVERY_MS = 500;

/** A person at one moment. `x` is the middle of the body, in picture widths. */
export interface Posture {
  readonly x: number;
  /** Top of the body, in picture heights. */
  readonly y?: number;
  /** Height of the body, in picture heights. */
  readonly height?: number;
  /** Direction of the head; `null`: the face cannot be seen. */
  readonly yawDeg: number | null;
  readonly pitchDeg?: number;
  readonly faceScore?: number;
  readonly demographics?: DemographicSample;
  /** Whether the body can be seen. */
  readonly body?: boolean;
}

/** Says where a person is at a moment; `null`: not in view. */
export type Actor = (atMs: number) => Posture | null;

const SIZE = { widthPx: 1280, heightPx: 720 };

/** A scene as the vision page would report it: faces in every picture, bodies in some. */
export function scene(lengthMs: number, actors: readonly Actor[]): FrameObservation[] {
  const frames: FrameObservation[] = [];
  for (let atMs = 0; atMs <= lengthMs; atMs += FRAME_MS) {
    const postures = actors.map((actor) => actor(atMs)).filter((posture) => posture !== null);
    frames.push(picture(atMs, postures.map(faceOf).filter((face) => face !== null), atMs % BODY_EVERY_MS === 0 ? postures.map(bodyOf).filter((body) => body !== null) : null));
  }
  return frames;
}

export function picture(atMs: number, faces: Face[], bodies: Body[] | null): FrameObservation {
  return { kind: 'frame', atMs, ...SIZE, faces, bodies };
}

/** Stands at `x` between two moments. */
export function standing(fromMs: number, toMs: number, posture: Posture): Actor {
  return (atMs) => (atMs >= fromMs && atMs <= toMs ? posture : null);
}

/** Walks from one side to the other between two moments, seen from the side. */
export function walking(fromMs: number, toMs: number, fromX: number, toX: number, posture: Omit<Posture, 'x'>): Actor {
  return (atMs) => (atMs >= fromMs && atMs <= toMs ? { ...posture, x: fromX + ((toX - fromX) * (atMs - fromMs)) / (toMs - fromMs) } : null);
}

/** A standing adult of 1.7 m is as high as the body's box. */
const STATURE_M = 1.7;

/**
 * Stands as people do who read or talk: the body sways by half a centimetre around a foot, and the weight goes from one leg to
 * the other every half minute, by some centimetres; the head follows and turns a little.
 */
export function living(fromMs: number, toMs: number, posture: Posture, random: () => number): Actor {
  const shifts = Array.from({ length: Math.ceil((toMs - fromMs) / 15_000) + 2 }, () => ({ x: 0.05 * (random() - 0.5), y: 0.03 * (random() - 0.5), yawDeg: 12 * (random() - 0.5) }));
  const perMetre = (posture.height ?? 0.8) / STATURE_M;
  return (atMs) => {
    if (atMs < fromMs || atMs > toMs) return null;
    const seconds = (atMs - fromMs) / 1000;
    const shift = shifts[Math.floor(seconds / 30)]!;
    const x = shift.x + 0.005 * Math.sin(seconds / 0.5) + 0.004 * Math.sin(seconds / 1.9);
    return {
      ...posture,
      x: posture.x + (x * perMetre * SIZE.heightPx) / SIZE.widthPx,
      y: (posture.y ?? 0.15) + shift.y * perMetre,
      yawDeg: posture.yawDeg === null ? null : posture.yawDeg + shift.yawDeg + 2 * Math.sin(seconds / 2.3),
    };
  };
}

/** The errors of the detectors on a picture that does not change, as they were measured (see `src/audience/stillness`). */
export function withDetectorNoise(frames: readonly FrameObservation[], random: () => number): FrameObservation[] {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const shaken = (box: Body['box'], place: number, size: number): Body['box'] => {
    const grow = 1 + size * normal();
    const across = (place * box.height * normal() * SIZE.heightPx) / SIZE.widthPx;
    return { x: box.x + across - ((grow - 1) * box.width) / 2, y: box.y + place * box.height * normal() - ((grow - 1) * box.height) / 2, width: box.width * grow, height: box.height * grow };
  };
  return frames.map((frame) => ({
    ...frame,
    faces: frame.faces.map((face) => ({ ...face, box: shaken(face.box, 0.0064, 0.03), yawDeg: face.yawDeg! + 2.4 * normal(), pitchDeg: face.pitchDeg! + 1.6 * normal() })),
    bodies: frame.bodies?.map((body) => ({ ...body, box: shaken(body.box, 0.0086, 0.011) })) ?? null,
  }));
}

/** An adult of about thirty, a woman more likely than not. */
export const ADULT: DemographicSample = { ageBands: [0.05, 0.2, 0.42, 0.23, 0.07, 0.02, 0.01], female: 0.72 };
export const CHILD: DemographicSample = { ageBands: [0.4, 0.3, 0.18, 0.08, 0.03, 0.01, 0], female: 0.6 };

function bodyOf({ x, y = 0.15, height = 0.8, body = true }: Posture): Body | null {
  const width = (0.35 * height * SIZE.heightPx) / SIZE.widthPx;
  return body ? { score: 0.6, box: { x: x - width / 2, y, width, height } } : null;
}

function faceOf({ x, y = 0.15, height = 0.8, yawDeg, pitchDeg = 0, faceScore = 0.9, demographics }: Posture): Face | null {
  if (yawDeg === null) return null;
  const size = 0.15 * height;
  const width = (size * SIZE.heightPx) / SIZE.widthPx;
  return { score: faceScore, yawDeg, pitchDeg, box: { x: x - width / 2, y: y + 0.02 * height, width, height: size }, ...(demographics ? { demographics } : {}) };
}
