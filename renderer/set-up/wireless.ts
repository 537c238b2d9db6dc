import { problemSchema, wirelessSchema, type JoinRequest, type WirelessNetwork } from '../../src/contract/index.ts';
import { element } from './element.ts';

const LOOK_EVERY_MS = 10_000;

const dialog = element('#networks', HTMLDialogElement);
const form = element('#join', HTMLFormElement);
const list = element('[name=ssid]', HTMLSelectElement);
const password = element('[name=password]', HTMLInputElement);
const passwordField = element('#password-field', HTMLElement);
const trouble = element('#join-problem', HTMLElement);
const joinNow = element('#join-now', HTMLButtonElement);

let networks: readonly WirelessNetwork[] = [];
let looking: ReturnType<typeof setInterval> | undefined;

/** Lets whoever stands at the screen choose a wireless network and join it, where the machine has somebody who does that. */
export function offerWireless(): void {
  element('#wireless', HTMLButtonElement).addEventListener('click', () => {
    dialog.showModal();
    void look();
    looking = setInterval(() => void look(), LOOK_EVERY_MS);
  });
  element('#not-now', HTMLButtonElement).addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    clearInterval(looking);
    password.value = '';
    tell(null);
  });
  list.addEventListener('change', choose);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void join();
  });
}

async function look(): Promise<void> {
  if (joinNow.disabled && networks.length > 0) return;
  try {
    const { networks: found, problem } = wirelessSchema.parse(await (await fetch('wireless', { cache: 'no-store' })).json());
    networks = found;
    const chosen = list.value;
    list.replaceChildren(...found.map((network) => new Option(wordsOf(network), network.ssid, false, network.ssid === chosen)));
    if (found.length === 0) tell(problem ?? 'No wireless network is in reach.');
    else if (list.disabled) tell(null);
    list.disabled = found.length === 0;
    joinNow.disabled = found.length === 0;
    choose();
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
  }
}

function wordsOf({ ssid, signalPercent, protection, inUse }: WirelessNetwork): string {
  const words = { open: 'open to everybody', password: 'with a password', enterprise: 'with a log-in of its own' }[protection];
  return `${ssid}  ·  ${signalPercent} %, ${inUse ? 'joined' : words}`;
}

function choose(): void {
  const isProtected = networks.find(({ ssid }) => ssid === list.value)?.protection === 'password';
  passwordField.hidden = !isProtected;
  password.required = isProtected;
}

async function join(): Promise<void> {
  const chosen = networks.find(({ ssid }) => ssid === list.value);
  if (chosen === undefined) return;
  if (chosen.protection === 'enterprise') {
    tell(`"${chosen.ssid}" asks for a log-in of its own. Run in a terminal: sudo nmtui`);
    return;
  }
  joinNow.disabled = true;
  joinNow.textContent = 'Joining …';
  tell(null);
  try {
    const asked: JoinRequest = { ssid: chosen.ssid, password: chosen.protection === 'password' ? password.value : null };
    const answer = await fetch('wireless', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asked) });
    if (!answer.ok) throw new Error(problemSchema.parse(await answer.json()).message);
    dialog.close();
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
  } finally {
    joinNow.disabled = false;
    joinNow.textContent = 'Join';
  }
}

function tell(problem: string | null): void {
  trouble.hidden = problem === null;
  trouble.textContent = problem;
}
