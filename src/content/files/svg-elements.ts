/** An element of a drawing, as far as it says what it holds and what it is drawn from. */
export interface SvgElement {
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly SvgElement[];
}

interface Open extends SvgElement {
  readonly children: Open[];
}

const ATTRIBUTE = /\s*([^\s=/>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
const NAME = /[^\s/>]+/y;
const SKIPPED = [['<!--', '-->'], ['<![CDATA[', ']]>'], ['<?', '?>'], ['<!', '>']] as const;

/**
 * The elements of an XML text that declares no entities of its own, in one pass: text, comments and instructions are passed over.
 *
 * @returns the elements at its top, each with those inside it; `null` where it is no XML
 */
export function svgElements(text: string): readonly SvgElement[] | null {
  const top: Open = { name: '', attributes: new Map(), children: [] };
  const path = [top];
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const [begin, end] = SKIPPED.find(([mark]) => text.startsWith(mark, at)) ?? [];
    if (begin !== undefined) {
      const found = text.indexOf(end, at + begin.length);
      if (found < 0) return null;
      at = found + end.length;
      continue;
    }
    if (text[at + 1] === '/') {
      if (path.length === 1) return null;
      path.pop();
      at = text.indexOf('>', at);
      if (at < 0) return null;
      continue;
    }
    const tag = tagAt(text, at + 1);
    if (tag === null) return null;
    path.at(-1)?.children.push(tag.element);
    if (!tag.isEmpty) path.push(tag.element);
    at = tag.end;
  }
  return path.length === 1 ? top.children : null;
}

function tagAt(text: string, start: number): { readonly element: Open; readonly isEmpty: boolean; readonly end: number } | null {
  NAME.lastIndex = start;
  const [name] = NAME.exec(text) ?? [];
  if (name === undefined) return null;
  const attributes = new Map<string, string>();
  let at = start + name.length;
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const [whole, key, double, single] = ATTRIBUTE.exec(text) ?? [];
    if (whole === undefined || key === undefined) break;
    attributes.set(local(key), decoded(double ?? single ?? ''));
    at += whole.length;
  }
  while (/\s/.test(text[at] ?? '')) at += 1;
  const isEmpty = text[at] === '/';
  if (isEmpty) at += 1;
  return text[at] === '>' ? { element: { name: local(name), attributes, children: [] }, isEmpty, end: at + 1 } : null;
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** References to characters (XML 1.0, section 4.1); others stand for nothing that an address is made of. */
function decoded(value: string): string {
  if (!value.includes('&')) return value;
  return value.replaceAll(/&#(?:(\d{1,7})|x([0-9a-f]{1,6}));/gi, (whole, decimal: string | undefined, hex: string | undefined) => {
    const code = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10);
    return code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}
