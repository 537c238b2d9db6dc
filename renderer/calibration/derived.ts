import { summarise, type CameraPlace } from '../../src/audience/index.ts';
import type { Calibration } from '../../src/contract/index.ts';
import { distanceTo } from './floor-lines.ts';

/** The camera in figures that can be held against the room with a tape measure. */
export function showDerived(list: HTMLElement, { quadrilateral }: Calibration, camera: CameraPlace | null): void {
  list.hidden = camera === null;
  if (camera === null) return;
  const { heightM, tiltDeg, rollDeg, horizontalViewDeg, verticalViewDeg } = summarise(camera);
  const [left, right] = quadrilateral;
  const nearM = distanceTo(camera, { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 });
  const figures: [string, string, string][] = [
    ['height', 'Camera hangs at', `${heightM.toFixed(2)} m`],
    ['tilt', 'It looks down by', degrees(tiltDeg)],
    ['roll', 'It leans by', degrees(rollDeg)],
    ['view', 'It sees', `${horizontalViewDeg.toFixed(0)}° × ${verticalViewDeg.toFixed(0)}°`],
    ['near', 'Near edge is', nearM === null ? 'unknown' : `${nearM.toFixed(2)} m from the screen`],
  ];
  list.replaceChildren(
    ...figures.map(([id, name, value]) => {
      const group = document.createElement('div');
      group.append(Object.assign(document.createElement('dt'), { textContent: name }), Object.assign(document.createElement('dd'), { textContent: value, id: `derived-${id}` }));
      return group;
    }),
  );
}

/** Without the sign that rounding leaves on nothing. */
function degrees(value: number): string {
  return `${(Math.round(value * 10) / 10 + 0).toFixed(1)}°`;
}
