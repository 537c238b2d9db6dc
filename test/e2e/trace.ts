import type { CDPSession } from 'playwright-core';

/**
 * What a browser writes down about itself meanwhile, event by event.
 *
 * @param browser a session with the whole browser
 * @param category of Chromium's trace events
 */
export async function trace<Event>(browser: CDPSession, category: string, meanwhile: () => Promise<unknown>): Promise<readonly Event[]> {
  const events: Event[] = [];
  const collect = ({ value }: { readonly value: readonly object[] }): void => void events.push(...(value as Event[]));
  browser.on('Tracing.dataCollected', collect);
  const complete = new Promise<void>((resolve) => browser.once('Tracing.tracingComplete', () => resolve()));
  await browser.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: [category], excludedCategories: ['*'] } });
  await meanwhile();
  await browser.send('Tracing.end');
  await complete;
  browser.off('Tracing.dataCollected', collect);
  return events;
}
