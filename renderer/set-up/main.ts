// The page that a new screen shows: somebody with a keyboard says once which hub it belongs to. It says in words what is
// wrong with an answer, and gives way to the stage when the hub has taken the screen.
import { problemSchema, setUpStateSchema, type SetUpRequest, type SetUpState } from '../../src/contract/index.ts';
import { EACH, offerCameras, offerDisplays } from './devices.ts';
import { element } from './element.ts';
import { offerWireless } from './wireless.ts';

const NETWORK_LOOK_MS = 3_000;
/** What the button says: of this screen, or of a machine with a screen on each display. */
const WORDS = {
  one: { ask: 'Start this screen', asking: 'Asking the hub …', taken: 'Welcome. The first programme is on its way.' },
  each: { ask: 'Ask on each display', asking: 'Going to each display …', taken: 'Each display asks for the rest.' },
} as const;

const form = element('#form', HTMLFormElement);
const problem = element('#problem', HTMLElement);
const network = element('#network', HTMLElement);
const clockLine = element('#clock', HTMLElement);
const button = element('#start', HTMLButtonElement);
const display = element('[name=display]', HTMLSelectElement);
const zones = element('[name=timeZone]', HTMLSelectElement);

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void send();
});

display.addEventListener('change', () => {
  // The rest is asked on each panel.
  for (const field of form.querySelectorAll('label, fieldset')) if (field.id !== 'display-field') field.toggleAttribute('inert', display.value === EACH);
  form.noValidate = display.value === EACH;
  button.textContent = WORDS[display.value === EACH ? 'each' : 'one'].ask;
});

offerWireless();
const state = await readState();
element('[name=hubUrl]', HTMLInputElement).value = state.hubUrl;
element('[name=name]', HTMLInputElement).value = state.hostname;
for (const zone of new Set([state.timeZone, ...Intl.supportedValuesOf('timeZone')])) zones.add(new Option(zone.replaceAll('_', ' '), zone));
tell(state);
setInterval(() => void readState().then(tell, () => undefined), NETWORK_LOOK_MS);
await offerCameras(element('[name=camera]', HTMLSelectElement));

async function readState(): Promise<SetUpState> {
  return setUpStateSchema.parse(await (await fetch('state', { cache: 'no-store' })).json());
}

function tell(now: SetUpState): void {
  tellNetwork(now);
  tellClock(now);
  offerDisplays(now, display, element('#display-field', HTMLElement));
}

/** A person with a watch sees at once whether it is right. */
function tellClock({ clock, timeZone }: SetUpState): void {
  const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone }).format(clock.wallMs);
  clockLine.className = clock.quality === 'synced' ? '' : 'none';
  clockLine.textContent = clock.quality === 'synced' ? `Its clock says ${time}` : `Its clock says ${time}: it was never set. Schedules need a time server, or a battery in the machine.`;
}

function tellNetwork({ addresses }: SetUpState): void {
  network.className = addresses.length === 0 ? 'none' : '';
  network.textContent = addresses.length === 0 ? 'No network yet. Plug in the cable, or join a wireless network.' : `On the network as ${addresses.slice(0, 2).join(' and ')}`;
}

async function send(): Promise<void> {
  const words = WORDS[display.value === EACH ? 'each' : 'one'];
  button.disabled = true;
  button.textContent = words.asking;
  problem.hidden = true;
  try {
    const answer = await (display.value === EACH ? fetch('displays', { method: 'POST' }) : fetch('settings', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(said()) }));
    if (!answer.ok) throw new Error(problemSchema.parse(await answer.json()).message);
    button.textContent = words.taken;
  } catch (error) {
    problem.textContent = error instanceof Error ? error.message : String(error);
    problem.hidden = false;
    button.disabled = false;
    button.textContent = words.ask;
  }
}

function said(): SetUpRequest {
  const fields = new FormData(form);
  const text = (name: string): string => {
    const value = fields.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const camera = text('camera');
  return {
    hubUrl: text('hubUrl'),
    code: text('code'),
    name: text('name'),
    timeZone: text('timeZone'),
    display: display.value === '' ? state.ownDisplay : display.value,
    // The schema of whoever reads this says which there are.
    rotation: Number(text('rotation')) as SetUpRequest['rotation'],
    camera: camera === '' ? null : { label: camera === 'default' ? null : camera },
  };
}
