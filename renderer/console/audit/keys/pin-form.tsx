import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { usePinnedKeys } from './pinned-keys.ts';

/** Takes in a verifier key that came another way than through this hub. */
export function PinForm({ hint }: { hint: string }) {
  const { pin } = usePinnedKeys();
  const [text, setText] = useState('');
  const pinning = useMutation({ mutationFn: pin, onSuccess: () => setText('') });
  return (
    <form
      className="pin-form"
      onSubmit={(event) => {
        event.preventDefault();
        pinning.mutate(text);
      }}
    >
      <label className="field">
        <span>{hint}</span>
        <input className="mono" value={text} placeholder="name+12345678+base64" spellCheck={false} autoComplete="off" required onChange={(event) => setText(event.target.value)} />
      </label>
      <button className="button" disabled={pinning.isPending}>
        Pin
      </button>
      {pinning.isError && <p role="alert">{pinning.error.message}</p>}
      {pinning.isSuccess && <p role="status">Pinned in this browser.</p>}
    </form>
  );
}
