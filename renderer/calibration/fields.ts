import type { Calibration } from '../../src/contract/index.ts';
import type { Draft } from './draft.ts';

/** Binds the inputs of the form, whose names are paths in the calibration, to the draft. A comma is a decimal point here. */
export function bindFields(form: HTMLFormElement, draft: Draft): void {
  for (const input of form.querySelectorAll<HTMLInputElement>('input[name]')) {
    const path = input.name.split('.');
    input.value = String(valueAt(draft.get(), path));
    input.addEventListener('input', () => {
      const text = input.value.trim().replace(',', '.');
      // What is no number fails the schema, and is said beside the field.
      draft.change((before) => withValue(before, path, text === '' ? Number.NaN : Number(text)));
    });
  }
}

function valueAt(calibration: Calibration, path: readonly string[]): number {
  return path.reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>>)[key], calibration) as number;
}

function withValue(calibration: Calibration, [group = '', field]: readonly string[], value: number): Calibration {
  if (field === undefined) return { ...calibration, [group]: value };
  return { ...calibration, [group]: { ...(calibration[group as 'screen' | 'exposure'] as object), [field]: value } };
}
