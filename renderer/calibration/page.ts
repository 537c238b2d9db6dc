// The page on which an installer says where the camera stands: a rectangle on the floor, the panel, its surroundings and the
// shelves, drawn into the live picture. The picture stays here; what is saved are numbers that passed the screen's own checks.
import { calibrationSchema, calibrationSettingsSchema, problemSchema, type Calibration } from '../../src/contract/index.ts';
import { showDerived } from './derived.ts';
import { createDraft, FIRST } from './draft.ts';
import { createDrawing } from './drawing.ts';
import { examine, PLACES } from './examine.ts';
import { bindFields } from './fields.ts';
import { createLoupe } from './loupe.ts';
import { showPicture } from './picture.ts';
import { createShelfList } from './shelf-list.ts';
import { byId } from './svg.ts';

const FILE = 'calibration.json';

const video = byId('video', HTMLVideoElement);
const root = byId('drawing', SVGSVGElement);
const form = byId('form', HTMLFormElement);
const state = byId('state', HTMLParagraphElement);
const stage = byId('stage', HTMLDivElement);
const trouble = byId('picture-trouble', HTMLParagraphElement);

const stored = await load();
const draft = createDraft(stored ?? FIRST);
const drawing = createDrawing(root, draft, createLoupe(byId('loupe', HTMLCanvasElement), video));
bindFields(form, draft);
createShelfList(byId('shelves', HTMLUListElement), byId('add-shelf', HTMLButtonElement), draft);
draft.onChange(redraw);
setAspect(draft.get().aspect);
new ResizeObserver(fit).observe(stage);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void save();
});

try {
  const settings = calibrationSettingsSchema.parse(await (await fetch('settings', { cache: 'no-store' })).json());
  const aspect = await showPicture(video, settings.source);
  if (stored !== null && Math.abs(aspect / stored.aspect - 1) > 0.01) say('This camera’s pictures have another shape than those of the saved calibration: put the corners on their marks again.', 'bad');
  draft.change((before) => ({ ...before, aspect }));
  setAspect(aspect);
} catch (error) {
  trouble.hidden = false;
  trouble.textContent = error instanceof Error ? error.message : String(error);
}
// From here on it is the installer who changes something, and what was said of the last state is over.
draft.onChange(() => say(''));

/** What was saved before, to be edited; a file that cannot be used is said, and replaced by the next save. */
async function load(): Promise<Calibration | null> {
  const response = await fetch(FILE, { cache: 'no-store' });
  if (response.status === 204) return null;
  const body: unknown = await response.json();
  const calibration = calibrationSchema.safeParse(body);
  if (calibration.success) return calibration.data;
  say(`${problemSchema.safeParse(body).data?.message ?? 'The saved calibration cannot be read.'} Saving replaces it.`, 'bad');
  return null;
}

function setAspect(aspect: number): void {
  stage.style.aspectRatio = String(aspect);
}

/** One unit of the drawing is one pixel of the page: a finger needs the same room in a small picture. */
function fit(): void {
  root.setAttribute('viewBox', `0 0 ${stage.clientWidth} ${stage.clientHeight}`);
  redraw();
}

function redraw(): void {
  const calibration = draft.get();
  const examined = examine(calibration);
  const camera = 'camera' in examined ? examined.camera : null;
  drawing.draw(calibration, camera);
  showDerived(byId('derived', HTMLElement), calibration, camera);
  for (const place of PLACES) byId(`error-${place}`, HTMLParagraphElement).textContent = 'place' in examined && examined.place === place ? examined.message : '';
  byId('save', HTMLButtonElement).disabled = camera === null;
}

async function save(): Promise<void> {
  say('Saving…');
  try {
    const response = await fetch(FILE, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(draft.get()) });
    if (response.ok) say('Saved. A screen that runs takes it over within seconds.', 'good');
    else say(problemSchema.safeParse(await response.json().catch(() => null)).data?.message ?? `It was not saved: the answer was ${response.status}.`, 'bad');
  } catch (error) {
    say(`It was not saved: ${error instanceof Error ? error.message : String(error)}. Is the program still running?`, 'bad');
  }
}

function say(text: string, tone: 'good' | 'bad' | '' = ''): void {
  state.textContent = text;
  state.className = tone;
}
