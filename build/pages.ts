import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

/** The pages are separate builds: none can reach another's code, and each folder is served as it is. */
export const PAGES = ['stage', 'vision', 'calibration', 'console', 'set-up'] as const;

const root = fileURLToPath(new URL('..', import.meta.url));

export async function buildPage(page: (typeof PAGES)[number]): Promise<void> {
  await build({
    configFile: false,
    root: `${root}renderer/${page}`,
    // The console has addresses of several parts at the root of the hub; the other pages are served from where they may be.
    base: page === 'console' ? '/' : './',
    logLevel: 'warn',
    plugins: page === 'console' ? [react()] : [],
    worker: { format: 'es', rolldownOptions: { checks: { bundlerTimings: false } } },
    build: {
      outDir: `${root}dist/renderer/${page}`,
      emptyOutDir: true,
      target: 'chrome120',
      chunkSizeWarningLimit: 4_000,
      // The stage's policy lets it fetch from the player alone: what lay in its code as data could not be read.
      ...(page === 'stage' ? { assetsInlineLimit: 0 } : {}),
    },
  });
}

if (import.meta.main) {
  const asked = process.argv.slice(2);
  for (const page of PAGES) if (asked.length === 0 || asked.includes(page)) await buildPage(page);
}
