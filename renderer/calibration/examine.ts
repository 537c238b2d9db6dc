import { layOut, type CameraPlace } from '../../src/audience/index.ts';
import { calibrationSchema, LitfassError, type Calibration } from '../../src/contract/index.ts';

/** Where on the page a mistake is said: beside what has to be changed. */
export const PLACES = ['corners', 'lengths', 'screen', 'exposure', 'shelves'] as const;
export type Place = (typeof PLACES)[number];

export type Examined = { readonly camera: CameraPlace } | { readonly place: Place; readonly message: string };

/** The camera that sees the floor as it was drawn, or what is wrong, by the same checks that the screen makes. */
export function examine(calibration: Calibration): Examined {
  const checked = calibrationSchema.safeParse(calibration);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const path = issue?.path ?? [];
    return { place: placeOfField(String(path[0])), message: `${fieldWords(path.map(String))}: ${issue?.message ?? 'cannot be'}` };
  }
  try {
    return { camera: layOut(checked.data).camera };
  } catch (error) {
    if (error instanceof LitfassError) return { place: placeOfCode(error.code), message: sentence(error.message) };
    throw error;
  }
}

function placeOfField(field: string): Place {
  if (field === 'screen' || field === 'exposure' || field === 'shelves') return field;
  return field === 'widthM' || field === 'depthM' ? 'lengths' : 'corners';
}

/** The codes of `layOut`. */
function placeOfCode(code: string): Place {
  if (code.startsWith('calibration-shelf')) return 'shelves';
  if (code === 'calibration-exposure') return 'exposure';
  return code === 'calibration-inconsistent' || code === 'calibration-view' || code === 'calibration-height' ? 'lengths' : 'corners';
}

const FIELD_WORDS: Readonly<Record<string, string>> = { widthM: 'Width', depthM: 'Left edge', heightM: 'Height', rightM: 'Right of the camera', upM: 'Above the camera', nearestM: 'From', furthestM: 'To', halfAngleDeg: 'To each side', name: 'Name' };

function fieldWords(path: readonly string[]): string {
  if (path.join() === 'widthM') return 'Near edge';
  const last = path.findLast((part) => FIELD_WORDS[part] !== undefined);
  return last === undefined ? path.join('.') : (FIELD_WORDS[last] ?? last);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
