import { useState } from 'react';
import type { ScreenView } from '../../../src/contract/index.ts';
import { useFleet } from '../live/fleet-context.tsx';
import { Notice } from '../ui/notice.tsx';
import { CONTACT_WORDS, plural } from '../words/state.ts';
import { AddScreen } from './add-screen.tsx';
import { ScreenCard } from './screen-card.tsx';

type Contact = ScreenView['contact'];
const CONTACTS: readonly Contact[] = ['online', 'late', 'offline'];

export function ScreensPage() {
  const { screens, link, fault } = useFleet();
  const [shown, setShown] = useState<Contact | 'all'>('all');

  if (link === 'denied') return <Denied />;
  if (screens === null) return link === 'lost' ? <Unreachable fault={fault} /> : <Loading />;
  const visible = shown === 'all' ? screens : screens.filter(({ contact }) => contact === shown);
  return (
    <div className={link === 'live' ? 'page' : 'page page-stale'}>
      <div className="page-head">
        <h1>{screens.length === 0 ? 'Screens' : plural(screens.length, 'screen', 'screens')}</h1>
        {screens.length > 1 && (
          <div className="chips" role="group" aria-label="Show">
            <Chip label="All" count={screens.length} pressed={shown === 'all'} onPress={() => setShown('all')} />
            {CONTACTS.map((contact) => (
              <Chip
                key={contact}
                contact={contact}
                label={CONTACT_WORDS[contact]}
                count={screens.filter((screen) => screen.contact === contact).length}
                pressed={shown === contact}
                onPress={() => setShown(contact)}
              />
            ))}
          </div>
        )}
        <AddScreen />
      </div>
      {screens.length === 0 && (
        <Notice tone="plain" title="No screen yet">
          <p>Start Litfass at a screen and enter a pairing code from “Add a screen”. It appears here as soon as it has enrolled.</p>
        </Notice>
      )}
      {screens.length > 0 && visible.length === 0 && shown !== 'all' && <p className="quiet">No screen is {CONTACT_WORDS[shown].toLowerCase()} now.</p>}
      <ul className="screens">
        {visible.map((screen) => (
          <li key={screen.id}>
            <ScreenCard screen={screen} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Chip(props: { label: string; count: number; pressed: boolean; contact?: Contact; onPress: () => void }) {
  return (
    <button className="chip" type="button" aria-pressed={props.pressed} onClick={props.onPress}>
      {props.contact !== undefined && <span className={`dot contact-${props.contact}`} aria-hidden="true" />}
      {props.label} <b>{props.count}</b>
    </button>
  );
}

function Loading() {
  return (
    <div className="page" aria-busy="true">
      <div className="page-head">
        <h1>Screens</h1>
      </div>
      <div className="screen skeleton" />
      <p className="visually-hidden">Loading</p>
    </div>
  );
}

function Unreachable({ fault }: { fault: string }) {
  return (
    <div className="page">
      <Notice tone="bad" title="The hub does not answer">
        <p>Check that it is running. This page tries again by itself; screens play on meanwhile and keep their records.</p>
        <p className="quiet">{fault}</p>
      </Notice>
    </div>
  );
}

function Denied() {
  return (
    <div className="page">
      <Notice tone="bad" title="This browser has no access any more">
        <p>Open the link that the hub printed in its terminal.</p>
      </Notice>
    </div>
  );
}
