import { plural } from '../../words/state.ts';
import type { Believed } from '../keys/believed-keys.ts';
import type { RecordReport } from '../verify/index.ts';
import type { Verification } from './use-verification.ts';

export interface VerdictWords {
  readonly tone: 'pass' | 'fail' | 'open';
  readonly word: string;
  readonly sentence: string;
}

/** Only a report that passed is called a pass; whatever is still open says that it is open. */
export function verdictWords(verification: Verification | undefined, believed: Believed | null): VerdictWords {
  if (verification === undefined) return { tone: 'open', word: '…', sentence: 'Your browser is checking.' };
  if (verification.kind === 'unable') return { tone: 'open', word: 'NOT CHECKED', sentence: verification.why };
  const { report } = verification;
  switch (report.verdict) {
    case 'pass':
      return { tone: 'pass', word: 'PASS', sentence: passWords(report, believed) };
    case 'fail':
      return { tone: 'fail', word: 'FAIL', sentence: failWords(report) };
    case 'unproven':
      return { tone: 'open', word: 'NOT PROVEN YET', sentence: 'No checkpoint covers this record yet. The screen signs one with its next upload; look again in a few minutes.' };
  }
}

function passWords({ checks }: RecordReport, believed: Believed | null): string {
  const witnesses = checks.filter(({ id, outcome }) => id === 'witness' && outcome === 'pass').length;
  const seen = witnesses === 0 ? 'Nobody else has cosigned this checkpoint' : `${plural(witnesses, 'witness has', 'witnesses have')} cosigned it`;
  const key = believed?.screen?.pinnedMs === null ? ' The screen’s key is the hub’s word: pin one that you got elsewhere to be free of it.' : '';
  return `This record stands in the log that the screen signed, word for word. ${seen}.${key}`;
}

function failWords({ checks }: RecordReport): string {
  const failed = checks.flatMap((check, index) => (check.outcome === 'fail' ? [`step ${String(index + 1)}, “${check.title}”`] : []));
  return `It failed at ${failed.join(' and ')}.`;
}
