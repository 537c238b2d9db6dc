import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { pairingCodeSchema } from '../../../src/contract/index.ts';
import { hubFetch } from '../live/hub-fetch.ts';
import { useHubNow } from '../live/use-hub-now.ts';

/** Asks the hub for a pairing code and shows it large enough to be read across a shop. */
export function AddScreen() {
  const dialog = useRef<HTMLDialogElement>(null);
  const pairing = useMutation({ mutationFn: () => hubFetch(pairingCodeSchema, '/api/pairing-codes', { method: 'POST' }) });

  function open(): void {
    pairing.mutate();
    dialog.current?.showModal();
  }

  return (
    <>
      <button className="button add-screen" type="button" onClick={open}>
        Add a screen
      </button>
      <dialog ref={dialog} className="dialog pairing" aria-labelledby="pairing-title">
        <h2 id="pairing-title">Add a screen</h2>
        {pairing.isPending && <p className="quiet">Making a code…</p>}
        {pairing.isError && <p role="alert">{pairing.error.message}</p>}
        {pairing.isSuccess && (
          <>
            <p>Start Litfass at the new screen with this hub’s address and enter the code.</p>
            <dl>
              <dt>Hub</dt>
              <dd>{window.location.origin}</dd>
              <dt>Pairing code</dt>
              <dd className="pairing-code">{pairing.data.code}</dd>
            </dl>
            <Expiry expiresMs={pairing.data.expiresMs} />
          </>
        )}
        <form method="dialog" className="dialog-buttons">
          <button className="button">Done</button>
        </form>
      </dialog>
    </>
  );
}

function Expiry({ expiresMs }: { expiresMs: number }) {
  const minutes = Math.round((expiresMs - useHubNow()) / 60_000);
  return <p className="quiet">{minutes > 0 ? `For one screen, within ${String(minutes)} min.` : 'This code has expired. Close and add a screen again.'}</p>;
}
