import type { ScreenView } from '../../../src/contract/index.ts';
import { useHubNow } from '../live/use-hub-now.ts';
import { CONTACT_WORDS } from '../words/state.ts';
import { agoWords } from '../words/time.ts';

/** Whether the hub hears a screen, and since when it does not. */
export function Contact({ screen }: { screen: ScreenView }) {
  const nowMs = useHubNow();
  return (
    <p className="contact">
      <span className={`dot contact-${screen.contact}`} aria-hidden="true" />
      <b>{CONTACT_WORDS[screen.contact]}</b>
      <span className="quiet">{screen.lastContactMs === null ? 'never heard from' : agoWords(screen.lastContactMs, nowMs)}</span>
    </p>
  );
}
