import { useEffect, useRef, useState } from 'react';

const STAGE_WIDTH_PX = 1920;

/** A page made for a full-HD stage, scaled into the space there is. It runs in a box: no origin, no network. */
export function ScaledFrame({ url, name, onReady }: { url: string; name: string; onReady: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(0);
  useEffect(() => {
    if (box.current === null) return;
    const measuring = new ResizeObserver(([entry]) => setScale((entry?.contentRect.width ?? 0) / STAGE_WIDTH_PX));
    measuring.observe(box.current);
    return () => measuring.disconnect();
  }, []);
  return (
    <div ref={box} className="scaled">
      <iframe src={url} title={name} sandbox="allow-scripts" tabIndex={-1} style={{ transform: `scale(${String(scale)})` }} onLoad={onReady} />
    </div>
  );
}
