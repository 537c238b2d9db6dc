import { LitfassError } from '../../contract/index.ts';
import { svgElements, type SvgElement } from './svg-elements.ts';

/** What a page draws in a few seconds on a small machine; all that time it does nothing else. Maps and diagrams have a few thousand. */
const MOST_ELEMENTS = 50_000;
/** Of elements in elements, and of drawings from drawings. */
const MOST_DEEP = 300;
/** These are drawn anew wherever they are named. A gradient is not: it is worked out once. */
const DRAWN_FROM_HREF: readonly string[] = ['use', 'pattern', 'feImage'];
const DRAWN_FROM_URL: readonly string[] = ['pattern', 'mask', 'clipPath', 'marker', 'filter'];

/** Whoever has one of these from an element above is drawn so too. */
const HANDED_DOWN: readonly string[] = ['fill', 'stroke', 'style', 'marker', 'marker-mid'];

/**
 * Refuses a drawing that would hold the stage's page up: one that grows without bound as it is drawn ("billion laughs", by
 * entities or by `<use>` in `<use>`), and one that is just too large. What a style sheet inside it names is not counted.
 *
 * @throws LitfassError `drawing-too-large`, `drawing-unsafe`, `media-damaged`
 */
export function examineDrawing(text: string): void {
  if (/<!(ENTITY|ATTLIST)/i.test(text)) throw unsafe('its document type declares entities or attributes of its own (<!ENTITY …>)');
  if (text.includes('data:image/svg+xml')) throw unsafe('it holds another drawing inside an address (data:image/svg+xml)');
  const elements = svgElements(text);
  if (elements === null) throw new LitfassError('media-damaged', 'the file is no good image/svg+xml: it is not well-formed XML. Export or copy it again.');
  const drawn = countDrawn(elements);
  if (drawn > MOST_ELEMENTS) throw new LitfassError('drawing-too-large', `the drawing has ${drawn < 1e9 ? drawn : 'billions of'} elements with all that it repeats, and ${MOST_ELEMENTS} is the most: it would hold up the screen. Simplify it, or save it as a PNG.`);
}

/** How many elements are drawn: each one, and where it is drawn from another, those of the other once more. */
function countDrawn(elements: readonly SvgElement[]): number {
  const byId = elementsById(elements);
  const known = new Map<SvgElement, number | 'being counted'>();
  const count = (element: SvgElement, depth: number): number => {
    const before = known.get(element);
    if (before === 'being counted') throw unsafe(`its <${element.name.slice(0, 40)}> is drawn from itself`);
    if (before !== undefined) return before;
    if (depth > MOST_DEEP) throw unsafe(`its elements lie in each other more than ${MOST_DEEP} deep`);
    known.set(element, 'being counted');
    let drawn = 1;
    for (const child of element.children) drawn += count(child, depth + 1);
    const repeated = byId.get(fragmentOf(DRAWN_FROM_HREF.includes(element.name) ? (element.attributes.get('href') ?? '') : ''));
    if (repeated !== undefined) drawn += count(repeated, depth + 1);
    const own = drawn;
    for (const { attribute, id } of namedBy(element)) {
      const other = byId.get(id);
      if (other !== undefined && DRAWN_FROM_URL.includes(other.name)) drawn += count(other, depth + 1) * (HANDED_DOWN.includes(attribute) ? Math.max(own, cornersOf(element)) : 1);
    }
    known.set(element, drawn);
    return drawn;
  };
  return elements.reduce((sum, element) => sum + count(element, 0), 0);
}

/** Where an id is given twice, the first one in the drawing has it. */
function elementsById(elements: readonly SvgElement[]): ReadonlyMap<string, SvgElement> {
  const byId = new Map<string, SvgElement>();
  const waiting = elements.toReversed();
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    const id = element.attributes.get('id');
    if (id !== undefined && !byId.has(id)) byId.set(id, element);
    for (const child of element.children.toReversed()) waiting.push(child);
  }
  return byId;
}

/** The ids in `url(#id)`, wherever an attribute of the element names one. */
function* namedBy({ attributes }: SvgElement): Generator<{ readonly attribute: string; readonly id: string }> {
  for (const [attribute, value] of attributes) {
    for (const [, address = ''] of value.matchAll(/url\(([^()]{0,300})\)/gi)) yield { attribute, id: fragmentOf(address.replaceAll(/["'\s]/g, '')) };
  }
}

/** A line has a marker at each of its corners; two numbers and what stands between them take four characters at the least. */
function cornersOf({ attributes }: SvgElement): number {
  const line = attributes.has('marker') || attributes.has('marker-mid') || attributes.get('style')?.includes('marker') === true ? (attributes.get('d') ?? attributes.get('points') ?? '') : '';
  return Math.ceil(line.length / 4);
}

function fragmentOf(address: string): string {
  const fragment = address.slice(address.indexOf('#') + 1).trim();
  try {
    return decodeURIComponent(fragment);
  } catch {
    // A lone "%" stands for itself.
    return fragment;
  }
}

function unsafe(why: string): LitfassError {
  return new LitfassError('drawing-unsafe', `the drawing is refused: ${why}. Save it as a plain SVG, or as a PNG.`);
}
