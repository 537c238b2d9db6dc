import type { Spot } from './floor-lines.ts';
import { svg } from './svg.ts';

export interface HandleOptions {
  readonly label: string;
  /** `corner`, `shelf`, `foot`: how it looks. */
  readonly kind: string;
  /** The drawing that it lies in, whose box is the picture. */
  readonly drawing: SVGSVGElement;
  readonly at: () => Spot;
  readonly moveTo: (spot: Spot) => void;
  /** Held now, or let go. */
  readonly onHold: (spot: Spot | null) => void;
}

export interface Handle {
  readonly element: SVGGElement;
  /** Puts it where it belongs now. */
  place(): void;
}

/** Half a pixel of a picture of 720 lines, and a centimetre's worth. */
const FINE = 0.0007;
const COARSE = 0.01;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** What the schema allows beside the picture. */
const LEAST = -0.5;
const MOST = 1.5;

/** A point in the picture that is moved by mouse, finger or keys. The finger's target is larger than the mark. */
export function createHandle({ label, kind, drawing, at, moveTo, onHold }: HandleOptions): Handle {
  const element = svg('g', { class: `handle handle-${kind}`, tabindex: 0, role: 'button', 'aria-label': label, 'aria-roledescription': 'movable point' }, svg('circle', { class: 'handle-reach', r: 24 }), svg('circle', { class: 'handle-ring', r: 8 }), svg('path', { class: 'handle-cross', d: 'M-3.5 0H3.5M0-3.5V3.5' }));
  let grip: Spot | null = null;

  const spotOf = (event: PointerEvent): Spot => {
    const box = drawing.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  };
  const moveBy = (from: Spot, x: number, y: number): void => {
    const spot = { x: clamp(from.x + x), y: clamp(from.y + y) };
    moveTo(spot);
    onHold(spot);
  };

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    // The point keeps its place under the finger instead of jumping to it.
    const [here, pointer] = [at(), spotOf(event)];
    grip = { x: here.x - pointer.x, y: here.y - pointer.y };
    onHold(here);
  });
  element.addEventListener('pointermove', (event) => {
    if (grip !== null) moveBy(spotOf(event), grip.x, grip.y);
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    element.addEventListener(end, () => {
      grip = null;
      onHold(null);
    });
  }
  element.addEventListener('keydown', (event) => {
    const [x, y] = ARROWS[event.key] ?? [0, 0];
    if (x === 0 && y === 0) return;
    event.preventDefault();
    const step = event.shiftKey ? COARSE : FINE;
    moveBy(at(), x * step, y * step);
  });
  element.addEventListener('blur', () => onHold(null));

  return {
    element,
    place() {
      const box = drawing.viewBox.baseVal;
      const { x, y } = at();
      element.setAttribute('transform', `translate(${x * box.width} ${y * box.height})`);
    },
  };
}

function clamp(value: number): number {
  return Math.min(MOST, Math.max(LEAST, value));
}
