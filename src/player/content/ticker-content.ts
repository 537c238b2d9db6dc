import type { Sources } from '../../content/index.ts';
import { LitfassError, type TickerContent, type TickerDescriptor } from '../../contract/index.ts';

const MOST = 20;

/**
 * The headlines of a ticker now, and how they run, every wish filled in.
 *
 * @throws LitfassError `source-unread`, `source-stale`, `feed-empty`, where the descriptor has nothing to say otherwise
 */
export function tickerContent(descriptor: TickerDescriptor, sources: Sources): TickerContent {
  return {
    headlines: [...headlinesOf(descriptor, sources)],
    separator: descriptor.separator ?? '•',
    pxPerSecond: descriptor.pxPerSecond ?? 120,
    textPercent: descriptor.textPercent ?? 50,
    colour: descriptor.colour ?? '#e8ecef',
    background: descriptor.background ?? '#101418',
  };
}

function headlinesOf({ source, most = MOST, otherwise }: TickerDescriptor, sources: Sources): readonly string[] {
  try {
    const headlines = sources.headlines(source).slice(0, most);
    if (headlines.length === 0) throw new LitfassError('feed-empty', `source "${source}" has no headlines.`);
    return headlines;
  } catch (error) {
    if (otherwise === undefined || !(error instanceof LitfassError)) throw error;
    return otherwise;
  }
}
