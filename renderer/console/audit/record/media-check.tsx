import { useMutation } from '@tanstack/react-query';
import { refuseProblem } from '../../live/hub-fetch.ts';
import { toHex } from '../verify/index.ts';

/** Fetches the creative that the hub keeps and hashes it here: whether these are the bytes that the record names. */
export function MediaCheck({ sha256 }: { sha256: string }) {
  const check = useMutation({
    mutationFn: async () => {
      if (!window.isSecureContext) throw new Error('Browsers hash only on https and on localhost.');
      const media = await (await refuseProblem(await fetch(`/media/${sha256}`))).arrayBuffer();
      return { bytes: media.byteLength, fits: toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', media))) === sha256 };
    },
  });
  return (
    <p className="media-check">
      <button className="button" type="button" disabled={check.isPending} onClick={() => check.mutate()}>
        {check.isPending ? 'Hashing…' : 'Hash the hub’s file'}
      </button>
      <span role="status">
        {check.isSuccess && <span className={check.data.fits ? 'verdict verdict-good' : 'verdict verdict-bad'}>{check.data.fits ? `${check.data.bytes.toLocaleString('en')} bytes, the ones that the record names` : 'these are other bytes than the record names'}</span>}
        {check.isError && <span className="verdict verdict-bad">{check.error.message}</span>}
      </span>
    </p>
  );
}
