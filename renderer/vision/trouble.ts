import type { Trouble } from './messages.ts';

/** Thrown where pictures stop coming; carries what the player shall be told. */
export class SensorTrouble extends Error {
  readonly state: Trouble['state'];

  constructor(state: Trouble['state'], message: string) {
    super(message);
    this.name = 'SensorTrouble';
    this.state = state;
  }
}

/** What to tell the player about any error; one that nobody foresaw makes the sensor `blind`, never silently "nobody". */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof SensorTrouble) return { state: error.state, message: error.message.slice(0, 500) };
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { state: 'blind', message: `vision-failed: ${words}`.slice(0, 500) };
}
