import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PanelState } from '../contract/index.ts';

const CONNECTORS = '/sys/class/drm';

/**
 * Whether a panel is lit, as Linux' display driver tells: some connected output is `On`, or all of them are off, or none is
 * connected. It is the state of the output; a panel that was switched off by its own button may still look connected. Elsewhere: `unknown`.
 *
 * @param folder the kernel's list of outputs
 */
export function panelState(folder = CONNECTORS): PanelState {
  const all = outputs(folder).map((output) => join(folder, output));
  const states = all.map((output) => read(join(output, 'status')));
  const power = all.filter((_, index) => states[index] === 'connected').map((output) => read(join(output, 'dpms')));
  if (power.includes('On')) return 'on';
  if (states.length > 0 && states.every((state) => state === 'disconnected')) return 'off';
  return power.length > 0 && power.every((state) => state !== null) ? 'off' : 'unknown';
}

function outputs(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^card\d+-/.test(name));
  } catch {
    // No such folder: another operating system, or a machine without a display driver.
    return [];
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    // The driver does not tell.
    return null;
  }
}
