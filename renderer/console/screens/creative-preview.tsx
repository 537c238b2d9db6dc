import { useEffect, useRef, useState } from 'react';
import type { StatusReport } from '../../../src/contract/index.ts';
import { ScaledFrame } from './scaled-frame.tsx';

type Creative = Pick<NonNullable<StatusReport['nowPlaying']>, 'playId' | 'kind' | 'sha256' | 'name'>;

const FADE_MS = 400;

/** The creative itself, small. A new one covers the old one only when it can be seen, so nothing flashes. */
export function CreativePreview({ creative, dimmed }: { creative: Creative | null; dimmed: boolean }) {
  const [layers, setLayers] = useState<readonly Creative[]>([]);
  const [ready, setReady] = useState<string | null>(null);

  useEffect(() => {
    setLayers((shown) => (creative === null ? [] : [...shown.slice(-1), creative]));
  }, [creative?.sha256]);

  useEffect(() => {
    if (ready === null) return;
    const settled = setTimeout(() => setLayers((shown) => shown.slice(-1)), FADE_MS);
    return () => clearTimeout(settled);
  }, [ready]);

  return (
    <div className={dimmed ? 'preview preview-dimmed' : 'preview'} aria-hidden="true">
      {layers.map((layer, index) => (
        <div key={layer.playId} className={index === 0 || layer.playId === ready ? 'preview-layer is-ready' : 'preview-layer'}>
          <Picture creative={layer} onReady={() => setReady(layer.playId)} />
        </div>
      ))}
    </div>
  );
}

function Picture({ creative, onReady }: { creative: Creative; onReady: () => void }) {
  const url = `/media/${creative.sha256}`;
  if (creative.kind === 'image') return <img src={url} alt="" onLoad={onReady} />;
  if (creative.kind === 'video') return <Film url={url} onReady={onReady} />;
  if (creative.kind === 'html') return <ScaledFrame url={url} name={creative.name} onReady={onReady} />;
  return <Named creative={creative} onReady={onReady} />;
}

/** What cannot be shown without the screen that plays it: its kind and its name. */
function Named({ creative: { kind, name }, onReady }: { creative: Creative; onReady: () => void }) {
  useEffect(onReady, []);
  return (
    <p className="preview-named">
      <span>{kind}</span> {name}
    </p>
  );
}

/** Plays along while it can be seen, unless the viewer asked for less motion. */
function Film({ url, onReady }: { url: string; onReady: () => void }) {
  const film = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = film.current;
    if (video === null || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const watching = new IntersectionObserver(([entry]) => {
      // A refused play() leaves the first picture standing, which is all that is needed.
      if (entry?.isIntersecting === true) video.play().catch(() => undefined);
      else video.pause();
    });
    watching.observe(video);
    return () => watching.disconnect();
  }, []);
  return <video ref={film} src={url} muted loop playsInline preload="auto" onLoadedData={onReady} />;
}
