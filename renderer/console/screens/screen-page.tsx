import { Link, useParams } from 'wouter';
import type { RemoteOrder, ScreenView } from '../../../src/contract/index.ts';
import { useFleet } from '../live/fleet-context.tsx';
import { Notice } from '../ui/notice.tsx';
import { CommandList } from './command-list.tsx';
import { Contact } from './contact.tsx';
import { RemoteControl } from './remote-control.tsx';
import { ScreenFacts } from './screen-facts.tsx';
import { StagePicture } from './stage-picture.tsx';
import { useCommands, useOrder } from './use-commands.ts';

/** `/screens/:screen`: what one screen really shows, and what can be asked of it from afar. */
export function ScreenPage() {
  const { screen: id } = useParams<{ screen: string }>();
  const { screens } = useFleet();
  const screen = screens?.find((each) => each.id === id);
  if (screens === null) return <div className="page"><div className="table-skeleton skeleton" aria-busy="true" /></div>;
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <p className="crumbs quiet">
            <Link href="/">Screens</Link>
          </p>
          <h1>{screen?.name ?? id}</h1>
          {screen !== undefined && <Contact screen={screen} />}
        </div>
      </div>
      {screen === undefined ? (
        <Notice tone="bad" title="There is no such screen">
          <p>No screen with the id “{id}” has enrolled at this hub.</p>
        </Notice>
      ) : (
        <Remote key={id} screen={screen} />
      )}
    </div>
  );
}

function Remote({ screen }: { screen: ScreenView }) {
  const { data, error } = useCommands(screen.id);
  const order = useOrder(screen.id);
  const give = (wanted: RemoteOrder): void => order.mutate(wanted);
  const isOffline = screen.contact === 'offline';
  const isTaking = data?.commands.some(({ state, order: { kind } }) => state === 'waiting' && kind === 'screenshot') === true;
  const fault = order.error ?? error;
  return (
    <>
      {screen.status !== null && screen.status.trouble !== '' && <p className="trouble screen-trouble">{screen.status.trouble}</p>}
      {fault !== null && (
        <p className="trouble screen-trouble" role="alert">
          {order.error === null ? 'What was asked of it cannot be read' : 'That was not sent'}: {fault.message}
        </p>
      )}
      <div className="screen-columns">
        <section className="card card-picture" aria-labelledby="picture">
          <div className="card-head">
            <h2 id="picture">On the stage</h2>
            <button className="button" type="button" aria-disabled={isTaking} onClick={() => !isTaking && give({ kind: 'screenshot' })}>
              {isTaking ? 'Waiting for the picture…' : 'Take a picture now'}
            </button>
          </div>
          {data === undefined ? <div className="stage-picture-none skeleton" aria-busy={error === null} /> : <StagePicture screenId={screen.id} name={screen.name} picture={data.picture} isOffline={isOffline} />}
          <p className="quiet stage-picture-note">The picture is of what the stage puts out, never of the camera. It does not show whether the panel is lit.</p>
        </section>
        <section className="card card-remote" aria-labelledby="remote">
          <h2 id="remote">Remote control</h2>
          <RemoteControl screen={screen} onOrder={give} />
        </section>
        {data !== undefined && <CommandList commands={data.commands} contact={screen.contact} />}
      </div>
      <div className="screen-page-facts">
        <ScreenFacts screen={screen} />
      </div>
    </>
  );
}
