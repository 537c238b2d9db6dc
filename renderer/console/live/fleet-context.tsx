import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { FleetFeed, FleetState } from './fleet-feed.ts';

const FleetContext = createContext<FleetFeed | null>(null);

export function FleetProvider({ feed, children }: { feed: FleetFeed; children: ReactNode }) {
  return <FleetContext value={feed}>{children}</FleetContext>;
}

/** All screens, drawn again whenever something changed. */
export function useFleet(): FleetState {
  const feed = useContext(FleetContext);
  if (feed === null) throw new Error('useFleet stands outside a FleetProvider');
  return useSyncExternalStore(feed.subscribe, feed.get);
}
