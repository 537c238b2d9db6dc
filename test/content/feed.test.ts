import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../src/content/sources/feed.ts';

const rss = (...titles: string[]): string => `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>${titles.map((title) => `<item><title>${title}</title><link>https://x.example</link></item>`).join('')}</channel></rss>`;

describe('a feed', () => {
  it('is RSS 2.0, RSS 1.0 or Atom', () => {
    expect(parseFeed(rss('One', 'Two'))).toEqual(['One', 'Two']);
    expect(parseFeed(rss('One'))).toEqual(['One']);
    expect(parseFeed('<rdf:RDF xmlns:rdf="r"><channel/><item><title>Old</title></item></rdf:RDF>')).toEqual(['Old']);
    expect(parseFeed('<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry><title type="html">A &lt;b&gt;bold&lt;/b&gt; word</title></entry></feed>')).toEqual(['A bold word']);
    expect(parseFeed(rss())).toEqual([]);
  });

  it('gives plain text: letters for entities, nothing of markup', () => {
    expect(parseFeed(rss('Br&#246;tchen &#x2013; 3 f&uuml;r 2&nbsp;&euro;', '<![CDATA[Tom <i>&amp;</i> Jerry<script>alert(1)</script>]]>', '  two\n lines ', 'R&amp;amp;D', 'a &lt; b'))).toEqual(['Brötchen – 3 für 2 €', 'Tom & Jerry alert(1)', 'two lines', 'R&D', 'a < b']);
  });

  it('is bounded in its items and its titles', () => {
    expect(parseFeed(rss(...Array.from({ length: 1_000 }, (_, index) => `N${index}`)))).toHaveLength(200);
    expect(parseFeed(rss('x'.repeat(5_000)))[0]).toHaveLength(300);
  });

  it('is read at once, whatever its titles are filled with', () => {
    for (const filling of ['<', '&lt;', '&amp;lt;', '&', ' ', '<a ']) expect(parseFeed(rss(`<![CDATA[News${filling.repeat(600_000 / filling.length)}]]>`, 'next'))[1], filling).toBe('next');
    expect(parseFeed(rss('a &lt; b &lt;i>c&lt;/i>'))).toEqual(['a < b c']);
  });

  it('does not unfold entities that it declares itself', () => {
    const laughs = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`).join('');
    const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}<!ENTITY file SYSTEM "file:///etc/passwd">]>${rss('&l9;', '&file;', 'fine').slice(21)}`;
    let titles: readonly string[] = [];
    try {
      titles = parseFeed(bomb);
    } catch (error) {
      expect(error).toMatchObject({ code: 'feed-invalid' });
    }
    expect(titles.join().length).toBeLessThan(100);
    expect(titles.join()).not.toContain('root:');
  });

  it('that is none is refused, whatever it is', () => {
    for (const text of ['', 'hello', '<html><body>404</body></html>', '{"a":1}', '<rss', '<a>'.repeat(5_000), '\u0000\u0001', '<rss><channel><item><title>x</channel></rss>']) {
      try {
        expect(parseFeed(text), text.slice(0, 30)).toEqual(expect.any(Array));
      } catch (error) {
        expect(error, text.slice(0, 30)).toMatchObject({ code: 'feed-invalid' });
      }
    }
    for (const text of ['', 'hello', '<html><body>404</body></html>', '{"a":1}']) expect(() => parseFeed(text), text).toThrow('neither RSS nor Atom');
  });
});
