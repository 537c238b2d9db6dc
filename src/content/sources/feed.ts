import { XMLParser } from 'fast-xml-parser';
import { LitfassError } from '../../contract/index.ts';

const MOST_ITEMS = 200;
const LONGEST_TITLE = 300;
/** More of a title, with its markup and entities, is not looked at. */
const MOST_TITLE_CHARACTERS = 4_000;

/**
 * Entities are left as they are and turned into letters afterwards, one pass, from a fixed list: those that a document declares
 * itself can grow without bound. Depth is bounded by the parser, size by whoever read it.
 */
const parser = new XMLParser({ ignoreAttributes: true, processEntities: false, parseTagValue: false, trimValues: true, removeNSPrefix: true, isArray: (name) => name === 'item' || name === 'entry' });

/**
 * Headlines of a feed, in its order: RSS 2.0 (and 1.0), or Atom (RFC 4287). Plain text, without markup.
 *
 * @throws LitfassError `feed-invalid`
 */
export function parseFeed(text: string): readonly string[] {
  const entries = entriesOf(parse(text));
  if (entries === null) throw new LitfassError('feed-invalid', 'the feed is neither RSS nor Atom: it has no channel and no entries.');
  return entries
    .slice(0, MOST_ITEMS)
    .map((entry) => plainText(textOf(entry)))
    .filter((title) => title !== '');
}

function parse(text: string): unknown {
  try {
    return parser.parse(text);
  } catch (error) {
    throw new LitfassError('feed-invalid', `the feed is no XML: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function entriesOf(document: unknown): readonly unknown[] | null {
  const channel = at(document, 'rss', 'channel') ?? at(document, 'RDF');
  const list = channel === undefined ? at(document, 'feed', 'entry') : at(channel, 'item');
  if (Array.isArray(list)) return list as unknown[];
  return channel === undefined && at(document, 'feed') === undefined ? null : [];
}

function textOf(entry: unknown): string {
  const title = at(entry, 'title');
  const text = typeof title === 'string' ? title : at(title, '#text');
  return typeof text === 'string' ? text : '';
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? (inner as Record<string, unknown>)[key] : undefined), value);
}

/**
 * What a title says, without what some feeds put into it: entities, markup as text, and line breaks. A tag holds no `<`: were it
 * to hold some, thousands of them in a row would be looked through once for each.
 */
function plainText(title: string): string {
  const text = decoded(decoded(title.slice(0, MOST_TITLE_CHARACTERS)).replaceAll(/<[^<>]*>/g, ' ')).replaceAll(/\s+/g, ' ').trim();
  return text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE - 1)}…` : text;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', hellip: '…', laquo: '«', raquo: '»', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', bdquo: '„', euro: '€', auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß', eacute: 'é', egrave: 'è', agrave: 'à', ccedil: 'ç' };

function decoded(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([A-Za-z]{2,8}));/gi, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10);
    return code >= 0x20 && code <= 0x10_ffff ? String.fromCodePoint(code) : ' ';
  });
}
