interface ScreenDetails {
  readonly screens: readonly { readonly label: string; readonly left: number; readonly top: number; readonly width: number; readonly height: number }[];
}

/** The cameras of this machine. Their names are told only to a page that may use one, which this one may not: then the default. */
export async function offerCameras(select: HTMLSelectElement): Promise<void> {
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
  if (cameras.length === 0) return;
  select.add(new Option('The default camera', 'default'));
  for (const { label } of cameras) if (label !== '') select.add(new Option(label, label));
}

/** The displays from left to right, where there are several and the shell lets this page ask. */
export async function offerDisplays(select: HTMLSelectElement, field: HTMLElement): Promise<void> {
  const ask = (globalThis as { getScreenDetails?: () => Promise<ScreenDetails> }).getScreenDetails;
  const details = await ask?.().catch(() => undefined);
  if (details === undefined || details.screens.length < 2) return;
  const ordered = details.screens.toSorted((a, b) => a.left - b.left || a.top - b.top);
  for (const [index, { label, width, height }] of ordered.entries()) select.add(new Option(`${index + 1}: ${label} ${width}×${height}`, String(index + 1)));
  field.hidden = false;
}
