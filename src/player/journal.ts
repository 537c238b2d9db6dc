import { LitfassError } from '../contract/index.ts';
import type { ImpressionLog } from '../impressions/index.ts';
import type { Journal } from '../playback/index.ts';
import type { Trouble } from './trouble.ts';

/**
 * The conductor's journal is the log. A disk that refuses does not stop the screen: the log keeps the leaf and stores it
 * with the next write that works, and people are told.
 */
export function journalInto(log: ImpressionLog, trouble: Trouble, onChange: (finished: boolean) => void): Journal {
  const write = (change: () => void, finished = false): void => {
    try {
      change();
      trouble.over('disk');
    } catch (error) {
      if (!(error instanceof LitfassError)) throw error;
      trouble.stands('disk', error.message);
    }
    onChange(finished);
  };
  return {
    started: (play) => write(() => log.startPlay(play)),
    progressed: (at) => write(() => log.touchPlay(at)),
    finished: (play) => write(() => void log.finishPlay(play), true),
    fault: (fault) => {
      trouble.tell(fault.message);
      write(() => void log.append(fault));
    },
  };
}

/** Before the last upload: a log that gathers its writes must hold back nothing then. */
export function storeWaiting(log: ImpressionLog, trouble: Trouble): void {
  try {
    log.commit();
  } catch (error) {
    if (!(error instanceof LitfassError)) throw error;
    trouble.stands('log', error.message);
  }
}
