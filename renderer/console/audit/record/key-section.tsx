import type { Believed } from '../keys/believed-keys.ts';
import { KeyCard } from '../keys/key-card.tsx';
import { PinForm } from '../keys/pin-form.tsx';
import { usePinnedKeys } from '../keys/pinned-keys.ts';

/** Whose signatures this page believes for this log, and how to believe others. */
export function KeySection({ believed }: { believed: Believed }) {
  const { fault } = usePinnedKeys();
  return (
    <section className="card card-keys" aria-labelledby="keys">
      <h2 id="keys">Whose signatures count</h2>
      {fault !== '' && <p role="alert">{fault}</p>}
      {believed.screen !== null && <KeyCard role="Screen" believed={believed.screen} />}
      {believed.witnesses.map((witness) => (
        <KeyCard key={witness.name} role={`Witness ${witness.name}`} believed={witness} />
      ))}
      <PinForm hint="A key that you got elsewhere, at the screen or from a witness" />
    </section>
  );
}
