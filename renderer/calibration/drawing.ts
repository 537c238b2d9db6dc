import type { CameraPlace } from '../../src/audience/index.ts';
import type { Calibration } from '../../src/contract/index.ts';
import type { Draft } from './draft.ts';
import { exposureSector, metreGrid, type Line, type Spot } from './floor-lines.ts';
import { createHandle, type Handle } from './handle.ts';
import { svg } from './svg.ts';

const CORNERS = ['Near left corner', 'Near right corner', 'Far right corner', 'Far left corner'] as const;

export interface Drawing {
  /** Draws the calibration, and where the camera is known the floor through its eyes. */
  draw(calibration: Calibration, camera: CameraPlace | null): void;
}

/** What is drawn over the picture: the rectangle and the shelves with their points to hold, metre grid and sector. */
export function createDrawing(root: SVGSVGElement, draft: Draft, onHold: (spot: Spot | null) => void): Drawing {
  const grid = svg('g', { class: 'grid' });
  const sector = svg('g', { class: 'sector' });
  const shelves = svg('g');
  const rectangle = svg('polygon', { class: 'rectangle' });
  const near = svg('text', { class: 'near' });
  near.textContent = 'near';
  const points = svg('g');
  // The floor goes on beyond the picture, and is not drawn there; a point that lies beside the picture can still be held.
  root.append(svg('svg', { width: '100%', height: '100%' }, grid, sector), shelves, rectangle, near, points);
  let handles: Handle[] = [];
  let drawnFor = '';

  function handle(label: string, kind: string, at: () => Spot, moveTo: (spot: Spot) => void): Handle {
    return createHandle({ label, kind, drawing: root, at, moveTo, onHold });
  }

  /** Points come and go with shelves, their names and corners only, so that the one that is held stays. */
  function renew(calibration: Calibration): void {
    const shape = calibration.shelves.map(({ id, name, corners }) => `${id}/${name}/${corners.length}`).join();
    if (drawnFor === shape && handles.length > 0) return;
    drawnFor = shape;
    handles = CORNERS.map((label, corner) => handle(label, 'corner', () => draft.get().quadrilateral[corner] ?? { x: 0, y: 0 }, (spot) => draft.change((before) => withCorner(before, corner, spot))));
    for (const [index, shelf] of calibration.shelves.entries()) {
      for (const corner of shelf.corners.keys()) {
        handles.push(handle(`${shelf.name}, corner ${corner + 1}`, 'shelf', () => draft.get().shelves[index]?.corners[corner] ?? shelf.foot, (spot) => draft.change((before) => withShelf(before, index, { corners: (before.shelves[index]?.corners ?? []).with(corner, spot) }))));
      }
      handles.push(handle(`${shelf.name}, foot`, 'foot', () => draft.get().shelves[index]?.foot ?? shelf.foot, (spot) => draft.change((before) => withShelf(before, index, { foot: spot }))));
    }
    points.replaceChildren(...handles.map(({ element }) => element));
  }

  return {
    draw(calibration, camera) {
      const { width, height } = root.viewBox.baseVal;
      const text = (spots: Line): string => spots.map(({ x, y }) => `${(x * width).toFixed(1)},${(y * height).toFixed(1)}`).join(' ');
      const lines = (all: readonly Line[]): SVGElement[] => all.map((line) => svg('polyline', { points: text(line) }));
      grid.replaceChildren(...(camera === null ? [] : lines(metreGrid(camera))));
      sector.replaceChildren(...(camera === null ? [] : lines(exposureSector(camera, calibration.exposure))));
      rectangle.setAttribute('points', text(calibration.quadrilateral));
      rectangle.classList.toggle('is-wrong', camera === null);
      const [left, right] = calibration.quadrilateral;
      near.setAttribute('x', String(((left.x + right.x) / 2) * width));
      near.setAttribute('y', String(((left.y + right.y) / 2) * height - 8));
      shelves.replaceChildren(...calibration.shelves.flatMap(({ corners, foot }) => [svg('polygon', { class: 'shelf', points: text(corners) }), svg('polyline', { class: 'shelf-foot', points: text([lowest(corners), foot]) })]));
      renew(calibration);
      for (const each of handles) each.place();
    },
  };
}

function lowest(corners: readonly Spot[]): Spot {
  return corners.reduce((low, corner) => (corner.y > low.y ? corner : low), corners[0] ?? { x: 0, y: 0 });
}

function withCorner(calibration: Calibration, corner: number, spot: Spot): Calibration {
  const [a, b, c, d] = calibration.quadrilateral;
  const place = (index: number, old: Spot): Spot => (index === corner ? spot : old);
  return { ...calibration, quadrilateral: [place(0, a), place(1, b), place(2, c), place(3, d)] };
}

function withShelf(calibration: Calibration, index: number, changes: Partial<Calibration['shelves'][number]>): Calibration {
  return { ...calibration, shelves: calibration.shelves.map((shelf, place) => (place === index ? { ...shelf, ...changes } : shelf)) };
}
