import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESCRIPTOR_TYPES } from '../../src/contract/index.ts';
import { openSite, type Site } from '../content/site.ts';
import { playlist, programme } from '../programme-fixture.ts';
import { openStageRig, type StageRig } from './stage-rig.ts';

/** A page that makes sound in all three ways: an element in it, one beside it, and of its own. */
async function loudPage(): Promise<string> {
  const tone = (await readFile(new URL('../content/samples/tone.wav', import.meta.url))).toString('base64');
  return `<!doctype html><audio id="inside" autoplay loop src="data:audio/wav;base64,${tone}"></audio><script>
    globalThis.beside = new Audio('data:audio/wav;base64,${tone}');
    beside.loop = true;
    beside.volume = 0.5;
    beside.play();
    globalThis.own = new AudioContext();
    const tone = new OscillatorNode(own);
    tone.connect(own.destination);
    tone.start();
  </script>`;
}

interface Sounds {
  readonly inside: number;
  readonly beside: number;
  readonly own: number;
}

/** How loud each of the three is, 0 to 1. */
const HEARD = `(() => {
  const loudness = ({ muted, volume, paused }) => (muted || paused ? 0 : Math.round(100 * volume) / 100);
  return { inside: loudness(document.querySelector('#inside')), beside: loudness(beside), own: Math.round(100 * own.destination.gain.value) / 100 };
})()`;

const SILENT: Sounds = { inside: 0, beside: 0, own: 0 };

describe('a page that makes sound', () => {
  let rig: StageRig;
  let site: Site;
  beforeAll(async () => void ([rig, site] = await Promise.all([openStageRig(), openSite('localhost')])));
  afterAll(async () => {
    await rig.close();
    await site.close();
  });

  const heard = (): Promise<Sounds[]> =>
    Promise.all(rig.stage.page.frames().map((frame) => (frame.evaluate<Sounds | null>(`typeof own === "undefined" ? null : ${HEARD}`)).catch(() => null))).then((all) => all.filter((each) => each !== null));

  async function show(id: string, content: string, over: Parameters<StageRig['add']>[2]): Promise<void> {
    rig.setProgramme(programme([await rig.add(id, content, { durationMs: 4_000, ...over })], { sources: [{ id: 'page', kind: 'web', url: `${site.origin}/page`, onSite: true }] }));
    await expect.poll(() => rig.conductor.nowPlaying?.creative.id).toBe(id);
  }

  it('is silent if nothing is said', async () => {
    await show('silent', await loudPage(), { kind: 'html', mediaType: 'text/html' });
    await expect.poll(heard).toEqual([SILENT]);
  });

  it('is as loud as was said while it is in front, its own loudness counted in, and not before', async () => {
    const loud = await rig.add('loud', `${await loudPage()}<p>`, { kind: 'html', mediaType: 'text/html', durationMs: 4_000, presentation: { volumePercent: 40 } });
    const house = await rig.add('house', '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"/>', { kind: 'image', mediaType: 'image/svg+xml', durationMs: 4_000 });
    rig.setProgramme(programme([loud, house], { playlists: [playlist('all', ['house', 'loud'])] }));
    await expect.poll(() => rig.conductor.nowPlaying?.creative.id).toBe('house');
    await expect.poll(heard).toEqual([SILENT]);
    await expect.poll(() => rig.conductor.nowPlaying?.creative.id).toBe('loud');
    await expect.poll(heard).toEqual([{ inside: 0.4, beside: 0.2, own: 0.4 }]);
  });

  it('is as loud as was said where it is somebody else\'s too, with what is framed in it, whatever it says to itself', async () => {
    const page = await loudPage();
    const louder = `<script>
      for (const frame of [globalThis, frames[0]]) frame.postMessage({ type: 'litfass-loudness', loudness: 1 }, '*');
      dispatchEvent(new MessageEvent('message', { data: { type: 'litfass-loudness', loudness: 1 }, source: top }));
    </script>`;
    site.answer((request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(request.url === '/page' ? `${page}<iframe src="/inner"></iframe>${louder}` : page));
    const other = { kind: 'web', mediaType: DESCRIPTOR_TYPES.web } as const;
    await show('page', JSON.stringify({ v: 1, source: 'page' }), other);
    await expect.poll(heard).toEqual([SILENT, SILENT]);
    await show('page-aloud', JSON.stringify({ v: 1, source: 'page' }), { ...other, presentation: { volumePercent: 40 } });
    const quiet = { inside: 0.4, beside: 0.2, own: 0.4 };
    await expect.poll(heard).toEqual([quiet, quiet]);
  });
});
