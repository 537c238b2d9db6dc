import type { SetUpState } from '../../src/contract/index.ts';

/** No display is called so: a name has no line break. */
export const EACH = '\n';

/** The cameras of this machine. Their names are told only to a page that may use one, which this one may not: then the default. */
export async function offerCameras(select: HTMLSelectElement): Promise<void> {
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
  if (cameras.length === 0) return;
  select.add(new Option('The default camera', 'default'));
  for (const { label } of cameras) if (label !== '') select.add(new Option(label, label));
}

/** The displays from left to right, where there are several and this screen was not started for one of them. */
export function offerDisplays({ displays, ownDisplay }: SetUpState, select: HTMLSelectElement, field: HTMLElement): void {
  const isOffered = ownDisplay === null && displays.length > 1;
  field.hidden = !isOffered;
  const wanted = isOffered ? [...displays.map(({ display, label }) => ({ value: display, text: label })), { value: EACH, text: 'Each of them: a screen on every display' }] : [];
  if (JSON.stringify(wanted) === select.dataset.offered) return;
  select.dataset.offered = JSON.stringify(wanted);
  const chosen = select.value;
  select.replaceChildren(...wanted.map(({ value, text }) => new Option(text, value, false, value === chosen)));
  select.dispatchEvent(new Event('change'));
}
