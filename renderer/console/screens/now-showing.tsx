import { useState } from 'react';
import type { ScreenView, StatusReport } from '../../../src/contract/index.ts';
import { useFleet } from '../live/fleet-context.tsx';
import { durationWords } from '../words/time.ts';
import { reasonWords } from '../words/reason.ts';

type Playing = NonNullable<StatusReport['nowPlaying']>;

/** What is on the screen, how far it is, and why it was chosen. */
export function NowShowing({ playing, contact, clock }: { playing: Playing | null; contact: ScreenView['contact']; clock: StatusReport['clock'] }) {
  if (playing === null) {
    return <p className="showing quiet">{contact === 'offline' ? 'Not known what it shows.' : 'Nothing on the screen.'}</p>;
  }
  return (
    <div className="showing">
      <p className="showing-label">{contact === 'offline' ? 'Last heard showing' : 'Showing'}</p>
      <p className="showing-name">{playing.name}</p>
      {contact !== 'offline' && <Progress key={playing.playId} playing={playing} aheadOfHubMs={clock?.hubClock?.offsetMs ?? 0} />}
      <p className="showing-why">Because {reasonWords(playing.reason)}.</p>
    </div>
  );
}

/** Where the animation stands is said once, when the play appears; from there it runs by itself. */
function Progress({ playing, aheadOfHubMs }: { playing: Playing; aheadOfHubMs: number }) {
  const { hubAheadMs } = useFleet();
  const [style] = useState(() => {
    // Its start stands in the screen's own time, which may be any.
    const elapsedMs = Math.max(0, Date.now() + hubAheadMs - (playing.startedMs - aheadOfHubMs));
    return { animationDuration: `${String(playing.durationMs)}ms`, animationDelay: `-${String(elapsedMs)}ms` };
  });
  return (
    <div className="progress">
      <div className="progress-track">
        <div className="progress-fill" style={style} />
      </div>
      <span>{durationWords(playing.durationMs)}</span>
    </div>
  );
}
