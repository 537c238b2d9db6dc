// The console: what content managers and auditors see of the hub. It reads one live stream of all screens and searches the
// impressions; everything it takes in is checked against the contract first.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { HubRefusal } from './live/hub-fetch.ts';
import { FleetProvider } from './live/fleet-context.tsx';
import { openFleetFeed } from './live/fleet-feed.ts';
import { CrashBoundary } from './ui/crash-boundary.tsx';

const queries = new QueryClient({
  defaultOptions: {
    // A refusal is an answer: asking again changes nothing. What did not arrive is worth another try.
    queries: { retry: (failures, error) => !(error instanceof HubRefusal) && failures < 3, refetchOnWindowFocus: false, staleTime: 30_000 },
  },
});

const root = document.getElementById('console');
if (root === null) throw new Error('index.html has no element with the id "console"');

createRoot(root).render(
  <StrictMode>
    <CrashBoundary>
      <QueryClientProvider client={queries}>
        <FleetProvider feed={openFleetFeed()}>
          <App />
        </FleetProvider>
      </QueryClientProvider>
    </CrashBoundary>
  </StrictMode>,
);
