import { useSyncExternalStore } from 'react';
import { useFleet } from './fleet-context.tsx';

/** The hub's clock, once a second: what "3 s ago" is counted from. */
export function useHubNow(): number {
  const { hubAheadMs } = useFleet();
  return useSyncExternalStore(everySecond, wholeSecondMs) + hubAheadMs;
}

function everySecond(tick: () => void): () => void {
  const ticking = setInterval(tick, 1000);
  return () => clearInterval(ticking);
}

function wholeSecondMs(): number {
  return Math.floor(Date.now() / 1000) * 1000;
}
