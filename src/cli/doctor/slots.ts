import type { Finding } from '../../contract/index.ts';
import type { SlotExamination } from '../../player/index.ts';

/** Whom this screen shares slots with, and whether that works; nothing where its programme has none. */
export function slotFinding(examination: SlotExamination | null): Finding | null {
  if (examination === null) return null;
  switch (examination.role) {
    case 'alone':
      return { what: 'Slots', state: 'ok', found: 'by the own clock' };
    case 'leads':
      return { what: 'Slots', state: 'ok', found: `leads ${examination.followers === 1 ? 'one other screen' : `${examination.followers} other screens`}` };
    case 'follows': {
      const { leader, answer } = examination;
      if (answer === null) return { what: 'Slots', state: 'warn', found: `follows ${leader}, which does not answer`, fix: 'See that it runs, that both are in one network that lets UDP through, and that its clock was set; where multicast is not passed on, say --slot-leader ADDRESS.' };
      return { what: 'Slots', state: 'ok', found: `follows ${leader}, whose clock is ${(Math.abs(answer.offsetMs) / 1_000).toFixed(3)} s ${answer.offsetMs > 0 ? 'behind' : 'ahead of'} ours, ± ${answer.uncertaintyMs.toFixed(1)} ms` };
    }
  }
}
