import { describe, expect, it } from 'vitest';
import { sourceSchema, type Source } from '../../../src/contract/index.ts';
import { streamPart } from '../../../src/player/content/stream-content.ts';

const source: Source = sourceSchema.parse({ id: 'cam', kind: 'stream', url: 'https://cam.example/live/all.m3u8' });

/** What the page is given for a playlist. */
async function played(playlist: string, url = source.url): Promise<string> {
  return (await streamPart({ source, url, fetch: () => Promise.resolve(new Response(playlist)) })).text();
}

describe('the playlist of a stream', () => {
  it('leads through the player, wherever it names an address', async () => {
    expect(await played('#EXTM3U\n#EXT-X-MAP:URI="init.mp4",X="y"\r\n#EXTINF:2,\n\ns0.ts\nhttps://other.example/s1.ts')).toBe(
      '#EXTM3U\n#EXT-X-MAP:URI="part?url=https%3A%2F%2Fcam.example%2Flive%2Finit.mp4",X="y"\n#EXTINF:2,\n\npart?url=https%3A%2F%2Fcam.example%2Flive%2Fs0.ts\npart?url=https%3A%2F%2Fother.example%2Fs1.ts',
    );
  });

  it('may name the segments of a whole day', async () => {
    const lines = Array.from({ length: 43_200 }, (_, index) => `#EXTINF:2.000,\n2026-11-23/segment-${index}.ts?session=0123456789abcdef`);
    expect((await played(`#EXTM3U\n${lines.join('\n')}`)).split('\n')).toHaveLength(1 + 2 * lines.length);
  });

  it('is refused when it is larger, or would grow so in its turn', async () => {
    const long = `${source.url}?${'k'.repeat(8_000)}`;
    for (const [playlist, url] of [
      ['a\n'.repeat(2_500_000), source.url],
      ['?\n'.repeat(1_000_000), `https://cam.example/${'k'.repeat(8_000)}/all.m3u8`],
      [`#EXT-X-MAP:${'URI="?"'.repeat(100_000)}`, long],
    ] as const) {
      await expect(played(`#EXTM3U\n${playlist}`, url)).rejects.toMatchObject({ code: 'source-too-large', message: expect.stringContaining('"cam" sends a playlist') as string });
    }
  });
});
