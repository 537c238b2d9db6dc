import { memo } from 'react';
import { Link } from 'wouter';
import type { ScreenView } from '../../../src/contract/index.ts';
import { AudiencePanel } from './audience-panel.tsx';
import { Contact } from './contact.tsx';
import { CreativePreview } from './creative-preview.tsx';
import { NowShowing } from './now-showing.tsx';
import { ScreenFacts } from './screen-facts.tsx';

/** One screen: what it shows and why, who was there, and how it is. Drawn again only when something of it changed. */
export const ScreenCard = memo(function ScreenCard({ screen }: { screen: ScreenView }) {
  const playing = screen.status?.nowPlaying ?? null;
  return (
    <article className={`screen is-${screen.contact}`} aria-labelledby={`${screen.id}-name`}>
      <CreativePreview creative={playing} dimmed={screen.contact === 'offline'} />
      <div className="screen-body">
        <header>
          <h2 id={`${screen.id}-name`}>{screen.name}</h2>
          <Contact screen={screen} />
        </header>
        <NowShowing playing={playing} contact={screen.contact} clock={screen.status?.clock} />
        <Link className="screen-more" href={`/screens/${screen.id}`}>
          Real picture, remote control<span className="visually-hidden"> of {screen.name}</span>
        </Link>
        {screen.status !== null && screen.status.trouble !== '' && <p className="trouble">{screen.status.trouble}</p>}
      </div>
      <AudiencePanel screenId={screen.id} audience={screen.audience} sensor={screen.status?.sensor ?? null} />
      <ScreenFacts screen={screen} />
    </article>
  );
});
