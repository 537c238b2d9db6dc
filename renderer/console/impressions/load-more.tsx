import { useEffect, useEffectEvent, useRef } from 'react';

/** Loads the next page when it comes into view; the button is for those who do not scroll. */
export function LoadMore({ more, loading, onMore, shown, total }: { more: boolean; loading: boolean; onMore: () => void; shown: number; total: number }) {
  const end = useRef<HTMLDivElement>(null);
  const reached = useEffectEvent(onMore);
  useEffect(() => {
    if (!more || loading || end.current === null) return;
    const watching = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && reached(), { rootMargin: '400px' });
    watching.observe(end.current);
    return () => watching.disconnect();
  }, [more, loading]);

  return (
    <div ref={end} className="load-more">
      <p className="quiet">
        {shown.toLocaleString('en')} of {total.toLocaleString('en')}
      </p>
      {more && (
        <button className="button" type="button" onClick={onMore} disabled={loading}>
          {loading ? 'Loading…' : 'Load more'}
        </button>
      )}
    </div>
  );
}
