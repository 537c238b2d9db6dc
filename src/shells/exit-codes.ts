import type { Departure } from './supervision/index.ts';

/** What whoever started a player should do next: `EX_TEMPFAIL` of sysexits.h, and one above it for the whole machine. */
export const EXIT: Readonly<Record<Departure, number>> = { restart: 75, reboot: 76 };
