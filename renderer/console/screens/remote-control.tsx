import type { ReactNode, SubmitEvent } from 'react';
import type { RemoteOrder, ScreenView } from '../../../src/contract/index.ts';
import { AskFirst } from '../ui/ask-first.tsx';
import { orderWords } from '../words/command.ts';

/** All that can be asked of a screen besides a picture. What shoppers would notice is asked about first. */
export function RemoteControl({ screen, onOrder }: { screen: ScreenView; onOrder: (order: RemoteOrder) => void }) {
  return (
    <div className="remote">
      {screen.contact === 'offline' && <p className="remote-offline">The screen is offline. What you ask for now waits five minutes for it and then expires.</p>}
      <Row name="Find it in the shop" hint="Its name stands over the content for 20 seconds.">
        <button className="button" type="button" onClick={() => onOrder({ kind: 'identify' })}>
          {orderWords({ kind: 'identify' })}
        </button>
      </Row>
      <Row name="When it hangs" hint="Try the page first. Both cut off what is playing, and the record says so.">
        <AskFirst label="Load page again" question={`Load the stage page of ${screen.name} again?`} confirm="Load it again" onConfirm={() => onOrder({ kind: 'reload' })}>
          What plays now is cut off. Shoppers may see the screen dark for a moment.
        </AskFirst>
        <AskFirst label="Restart player" question={`Restart the player of ${screen.name}?`} confirm="Restart it" onConfirm={() => onOrder({ kind: 'restart' })}>
          What plays now is cut off, and the screen is dark until the program runs again. The computer itself is not restarted.
        </AskFirst>
      </Row>
      <Row name="Display" hint="Until its opening hours switch it the next time, if it has any.">
        <button className="button" type="button" onClick={() => onOrder({ kind: 'display', power: 'on' })}>
          Switch on
        </button>
        <AskFirst label="Switch off" question={`Switch the display of ${screen.name} off?`} confirm="Switch it off" onConfirm={() => onOrder({ kind: 'display', power: 'off' })}>
          Shoppers see a dark panel until it is switched on again, here or by its opening hours.
        </AskFirst>
      </Row>
      <Row name="Brightness" hint="What it is set to now is not known here.">
        <Brightness onSet={(percent) => onOrder({ kind: 'brightness', percent })} />
      </Row>
      <p className="quiet remote-note">Display and brightness obey only where display.json on the screen says how.</p>
    </div>
  );
}

function Row({ name, hint, children }: { name: string; hint: string; children: ReactNode }) {
  return (
    <div className="remote-row" role="group" aria-label={name}>
      <div>
        <b>{name}</b>
        <p className="quiet">{hint}</p>
      </div>
      <div className="remote-buttons">{children}</div>
    </div>
  );
}

function Brightness({ onSet }: { onSet: (percent: number) => void }) {
  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    onSet(Number(new FormData(event.currentTarget).get('percent')));
  }
  return (
    <form className="brightness" onSubmit={submit}>
      <label>
        <span className="visually-hidden">Brightness in per cent</span>
        <input name="percent" type="number" inputMode="numeric" min={0} max={100} step={1} required /> %
      </label>
      <button className="button">Set</button>
    </form>
  );
}
