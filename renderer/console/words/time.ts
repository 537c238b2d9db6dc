const LOCALE = 'en-GB';

const clockFormat = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const shortClockFormat = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' });
const dayFormat = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' });
const wholeFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long', timeStyle: 'long' });

/** `14:03:27`, in the viewer's zone. */
export function clockTime(ms: number): string {
  return clockFormat.format(ms);
}

/** `14:03` */
export function shortClockTime(ms: number): string {
  return shortClockFormat.format(ms);
}

/** `4 May` */
export function dayOf(ms: number): string {
  return dayFormat.format(ms);
}

/** `4 May 2026 at 14:03:27 CEST` */
export function wholeTime(ms: number): string {
  return wholeFormat.format(ms);
}

/** How long ago, as a person says it. Below two seconds it is "just now": clocks do not agree better than that. */
export function agoWords(ms: number, nowMs: number): string {
  const seconds = Math.round((nowMs - ms) / 1000);
  if (seconds < 2) return 'just now';
  if (seconds < 60) return `${String(seconds)} s ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${String(hours)} h ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? 'yesterday' : `${String(days)} days ago`;
}

/** `10 s`, `7.4 s`, `2 min 5 s`, `6 h 54 min` */
export function durationWords(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toLocaleString('en', { maximumFractionDigits: 1 })} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return twoUnits(seconds, 'min', 's');
  return twoUnits(Math.round(seconds / 60), 'h', 'min');
}

/** So many of the smaller unit, of which 60 make a larger one. */
function twoUnits(count: number, larger: string, smaller: string): string {
  const rest = count % 60;
  const whole = `${Math.floor(count / 60).toLocaleString('en')} ${larger}`;
  return rest === 0 ? whole : `${whole} ${String(rest)} ${smaller}`;
}

/** Start of a local day `2026-05-04` in ms, `daysLater` days on. @returns `null` for anything else. */
export function startOfDay(day: string, daysLater = 0): number | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (year === undefined) return null;
  const ms = new Date(Number(year), Number(month) - 1, Number(date) + daysLater).getTime();
  return Number.isNaN(ms) ? null : ms;
}
