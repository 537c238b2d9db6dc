import type { KeptPicture } from '../../../src/contract/index.ts';
import { useHubNow } from '../live/use-hub-now.ts';
import { UnsetClock } from '../ui/unset-clock.tsx';
import { agoWords, clockTime, dayOf, wholeTime } from '../words/time.ts';

/** The newest picture of a stage, with the times that are known of it and whose clock says so. */
export function StagePicture({ screenId, name, picture, isOffline }: { screenId: string; name: string; picture: KeptPicture | null; isOffline: boolean }) {
  if (picture === null) return <NoPicture isOffline={isOffline} />;
  const { arrivedMs, taken } = picture;
  return (
    <figure className="stage-picture">
      {/* The address names the picture that is meant: a newer one is fetched, and no other is shown twice. */}
      <img src={`/api/screens/${screenId}/picture?arrived=${String(arrivedMs)}`} alt={`What the stage of ${name} put out, arrived at ${clockTime(arrivedMs)}`} />
      <figcaption>
        <p>
          <Arrived ms={arrivedMs} />
          {isOffline && ' The screen is offline: what it shows now is not known.'}
        </p>
        <p className="quiet">
          {taken === null ? (
            'Somebody asked for it here.'
          ) : (
            <>
              The programme asked for it. Taken{' '}
              <time dateTime={new Date(taken.ms).toISOString()} title={wholeTime(taken.ms)}>
                {dayOf(taken.ms)}, {clockTime(taken.ms)}
              </time>{' '}
              by the screen’s own clock <UnsetClock clock={taken.clock} />
            </>
          )}
        </p>
      </figcaption>
    </figure>
  );
}

function Arrived({ ms }: { ms: number }) {
  const nowMs = useHubNow();
  return (
    <>
      <b>Arrived {agoWords(ms, nowMs)}</b>, at{' '}
      <time dateTime={new Date(ms).toISOString()} title={wholeTime(ms)}>
        {clockTime(ms)}
      </time>{' '}
      by the hub’s clock.
    </>
  );
}

function NoPicture({ isOffline }: { isOffline: boolean }) {
  return (
    <div className="stage-picture-none">
      <p>
        <b>No picture yet</b>
      </p>
      <p>{isOffline ? 'The screen is offline and cannot send one.' : 'Take one now, or let the programme ask for them regularly with “pictures”.'}</p>
      <p>The hub keeps the newest one in memory, until it is restarted.</p>
    </div>
  );
}
