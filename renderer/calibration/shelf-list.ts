import type { Calibration, Shelf } from '../../src/contract/index.ts';
import type { Draft } from './draft.ts';

const MOST_SHELVES = 16;
const LEAST_CORNERS = 3;
const MOST_CORNERS = 12;

/** The shelves by name, and how to add, shape and remove them; where they lie is dragged in the picture. */
export function createShelfList(list: HTMLElement, add: HTMLButtonElement, draft: Draft): void {
  add.addEventListener('click', () => {
    draft.change((before) => ({ ...before, shelves: [...before.shelves, newShelf(before.shelves)] }));
    list.querySelector<HTMLInputElement>('li:last-child input')?.select();
  });
  let drawnFor = '';
  const draw = ({ shelves }: Calibration): void => {
    add.disabled = shelves.length >= MOST_SHELVES;
    const shape = shelves.map(({ id }) => id).join();
    // An input that somebody types in must not be replaced.
    if (shape === drawnFor) return;
    drawnFor = shape;
    list.replaceChildren(...shelves.map((shelf) => row(shelf, draft)));
  };
  draft.onChange(draw);
  draw(draft.get());
}

function row({ id, name }: Shelf, draft: Draft): HTMLLIElement {
  const item = document.createElement('li');
  const input = Object.assign(document.createElement('input'), { value: name, maxLength: 80 });
  input.setAttribute('aria-label', `Name of shelf ${id}`);
  input.addEventListener('input', () => changeShelf(draft, id, (shelf) => ({ ...shelf, name: input.value })));
  const note = Object.assign(document.createElement('span'), { className: 'hint', textContent: `in reports: ${id}` });
  const more = button('Add a corner', () => changeShelf(draft, id, withCorner));
  const fewer = button('Remove a corner', () => changeShelf(draft, id, ({ corners, ...shelf }) => ({ ...shelf, corners: corners.length > LEAST_CORNERS ? corners.slice(0, -1) : corners })));
  const remove = button('Remove', () => draft.change((before) => ({ ...before, shelves: before.shelves.filter((shelf) => shelf.id !== id) })));
  item.append(input, note, more, fewer, remove);
  return item;
}

function button(text: string, onClick: () => void): HTMLButtonElement {
  const element = Object.assign(document.createElement('button'), { type: 'button' as const, textContent: text, className: 'small' });
  element.addEventListener('click', onClick);
  return element;
}

function changeShelf(draft: Draft, id: string, change: (shelf: Shelf) => Shelf): void {
  draft.change((before) => ({ ...before, shelves: before.shelves.map((shelf) => (shelf.id === id ? change(shelf) : shelf)) }));
}

/** Between the last corner and the first. */
function withCorner(shelf: Shelf): Shelf {
  const [first, last] = [shelf.corners[0], shelf.corners.at(-1)];
  if (shelf.corners.length >= MOST_CORNERS || first === undefined || last === undefined) return shelf;
  return { ...shelf, corners: [...shelf.corners, { x: (first.x + last.x) / 2, y: (first.y + last.y) / 2 }] };
}

/** Ids stand in released tables and never change, so they are numbers: a name may be corrected. */
function newShelf(shelves: readonly Shelf[]): Shelf {
  const number = Math.max(0, ...shelves.map(({ id }) => Number(/^shelf-(\d+)$/.exec(id)?.[1] ?? 0))) + 1;
  const left = 0.06 + 0.05 * (shelves.length % 6);
  return { id: `shelf-${number}`, name: `Shelf ${number}`, corners: [{ x: left, y: 0.2 }, { x: left + 0.18, y: 0.22 }, { x: left + 0.18, y: 0.6 }, { x: left, y: 0.64 }], foot: { x: left + 0.12, y: 0.78 } };
}
