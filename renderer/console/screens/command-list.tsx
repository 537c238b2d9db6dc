import type { CommandView, ScreenView } from '../../../src/contract/index.ts';
import { orderWords, outcomeWords } from '../words/command.ts';
import { clockTime, wholeTime } from '../words/time.ts';

/** Older ones help nobody any more; the hub forgets them too. */
const SHOWN = 10;

/** What was asked of the screen and what came of it, the newest first. A change is read out. */
export function CommandList({ commands, contact }: { commands: readonly CommandView[]; contact: ScreenView['contact'] }) {
  const [newest] = commands;
  return (
    <section className="card card-asked" aria-labelledby="asked">
      <h2 id="asked">What was asked of it</h2>
      <p className="visually-hidden" role="status">
        {newest === undefined ? '' : `${orderWords(newest.order)}: ${outcomeWords(newest, contact)}`}
      </p>
      {newest === undefined ? (
        <p className="quiet">Nothing since the hub was started.</p>
      ) : (
        <ol className="commands">
          {commands.slice(0, SHOWN).map((command) => (
            <li key={command.id} className={`command command-${command.state}`}>
              <time className="quiet" dateTime={new Date(command.issuedMs).toISOString()} title={wholeTime(command.issuedMs)}>
                {clockTime(command.issuedMs)}
              </time>
              <b>{orderWords(command.order)}</b>
              <span className="command-outcome">{outcomeWords(command, contact)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
