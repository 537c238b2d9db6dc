import { useState } from 'react';
import type { ImpressionView } from '../../../src/contract/index.ts';

/** The creative in the size of a stamp. A page is not run for that, and media may be gone: then its kind stands there. */
export function Thumbnail({ kind, sha256 }: Pick<ImpressionView, 'kind' | 'sha256'>) {
  const [gone, setGone] = useState(false);
  const url = `/media/${sha256}`;
  return (
    <span className="thumbnail" aria-hidden="true">
      {gone || (kind !== 'image' && kind !== 'video') ? (
        <span>{kind.toUpperCase()}</span>
      ) : kind === 'image' ? (
        <img src={url} alt="" loading="lazy" onError={() => setGone(true)} />
      ) : (
        <video src={`${url}#t=0.5`} muted preload="metadata" onError={() => setGone(true)} />
      )}
    </span>
  );
}
