import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { examineDrawing } from '../../src/content/files/drawing.ts';

const svg = (inside: string): string => `<?xml version="1.0" encoding="utf-8"?>\n<!-- <g> --><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">${inside}</svg>\n`;

/** Each level is ten times the one before. */
function laughs(levels: number, level: (id: string, before: string) => string): string {
  return svg(`<defs><rect id="l0" width="1" height="1"/>${Array.from({ length: levels }, (_, index) => level(`l${index + 1}`, `l${index}`)).join('')}</defs><use href="#l${levels}"/>`);
}

describe('a drawing', () => {
  it.each(['assets/brand/icon.svg', 'assets/brand/wordmark.svg', 'assets/programme-example/bread.svg', 'docs/images/accuracy/one-by-one-person-detection.svg'])('such as %s is shown', async (name) => {
    examineDrawing(await readFile(new URL(`../../${name}`, import.meta.url), 'utf8'));
  });

  it('may be of any well-formed XML, and say things twice', () => {
    examineDrawing(`\ufeff<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">${svg(`<style><![CDATA[.a > .b { fill: red } <use>]]></style><text a = 'a>b' >x &lt; y</text ><path d="M0 0"\n/>`)}`);
    examineDrawing(laughs(3, (id, before) => `<g id="${id}">${`<use xlink:href="#${before}"/>`.repeat(10)}</g>`));
    examineDrawing(svg(`<linearGradient id="g">${'<stop offset="0"/>'.repeat(10)}</linearGradient><clipPath id="c"><rect/></clipPath>${'<path fill="url(#g)" clip-path="url(#c)"/>'.repeat(10_000)}`));
    examineDrawing(svg(`<marker id="m"><path/></marker><path marker-end="url(#m)" d="${'L1 1'.repeat(100_000)}"/>`));
  });

  it.each<[string, (id: string, before: string) => string]>([
    ['<use>', (id, before) => `<g id="${id}">${`<use href="#${before}"/>`.repeat(10)}</g>`],
    ['<use> with a prefix, in an address that is written otherwise', (id, before) => `<x:g id="${id}">${`<x:use xlink:href=' &#35;%6c${before.slice(1)}'/>`.repeat(10)}</x:g>`],
    ['<pattern>', (id, before) => `<pattern id="${id}">${`<rect fill="url(#${before})"/>`.repeat(10)}</pattern>`],
    ['<pattern> that is handed down', (id, before) => `<pattern id="${id}"><g style="fill: url('#${before}')">${'<rect/>'.repeat(10)}</g></pattern>`],
    ['<mask>', (id, before) => `<mask id="${id}">${`<g mask="url(#${before})"/>`.repeat(10)}</mask>`],
    ['<marker>', (id, before) => `<marker id="${id}"><path marker-mid="url(#${before})" d="${'L1 1'.repeat(10)}"/></marker>`],
  ])('of a few lines that grows to billions of elements by %s in each other is refused', (_what, level) => {
    const bomb = laughs(12, level);
    expect(bomb.length).toBeLessThan(6_000);
    expect(() => examineDrawing(bomb)).toThrow(expect.objectContaining({ code: 'drawing-too-large', message: expect.stringMatching(/billions of elements.*save it as a PNG/) as string }) as Error);
  });

  it('that declares entities, attributes or another drawing inside is refused', () => {
    for (const text of ['<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>', '<!DOCTYPE svg [<!ATTLIST use href CDATA "#a">]><svg><use/></svg>', svg('<image href="data:image/svg+xml,x"/>')]) {
      expect(() => examineDrawing(text), text).toThrow(expect.objectContaining({ code: 'drawing-unsafe', message: expect.stringContaining('Save it as a plain SVG') as string }) as Error);
    }
  });

  it('that is drawn from itself, or lies in itself thousands of times, is refused', () => {
    for (const text of ['<g id="a"><use href="#a"/></g>', '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', '<pattern id="a"><rect fill="url(#a)"/></pattern>', '<g>'.repeat(100_000) + '</g>'.repeat(100_000)]) {
      expect(() => examineDrawing(svg(text)), text.slice(0, 60)).toThrow(expect.objectContaining({ code: 'drawing-unsafe' }) as Error);
    }
  });

  it('of too many elements is refused, and so is what is no XML', () => {
    expect(() => examineDrawing(svg('<rect/>'.repeat(60_000)))).toThrow(expect.objectContaining({ code: 'drawing-too-large', message: expect.stringContaining('60001 elements') as string }) as Error);
    for (const text of ['<svg>', '</svg>', '<svg><g></svg>'.replace('<g>', '<g'), '<svg a=b/>', '<svg><!-- </svg>', '<svg></svg></svg>', '<'.repeat(1_000_000), '<a '.repeat(300_000)]) {
      expect(() => examineDrawing(text), text.slice(0, 60)).toThrow(expect.objectContaining({ code: 'media-damaged' }) as Error);
    }
  });
});
