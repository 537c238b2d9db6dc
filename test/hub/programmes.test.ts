import { createPublicKey, verify } from 'node:crypto';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DESCRIPTOR_TYPES, type Programme, programmeSchema, type SignedProgramme } from '../../src/contract/index.ts';
import { asManager, asScreen, enrolScreen, linesOf, newFolder, openTestHub, problemOf, type Screen, START_MS, type TestHub } from './kit.ts';
import { pdf } from '../content/pdf.ts';
import { png } from '../content/png.ts';
import { zip } from '../content/zip.ts';
import { PICTURE, programmeFolder, sha256, source } from './programme-folder.ts';

describe('programmes', () => {
  let test: TestHub;
  let screen: Screen;
  let folder: string;
  beforeEach(async () => {
    test = await openTestHub();
    screen = await enrolScreen(test);
    folder = await programmeFolder();
  });
  afterEach(async () => {
    await test.close();
    await rm(folder, { recursive: true, force: true });
  });

  const fetchProgramme = (headers: Record<string, string> = {}) => asScreen(test, screen, 'GET', `/v1/screens/${screen.id}/programme`, undefined, { headers });
  const edit = (changes: Record<string, unknown>) => writeFile(join(folder, 'programme.json'), JSON.stringify(source(changes)));
  const firstCreative = () => (source()['creatives'] as Record<string, unknown>[])[0]!;

  it('reach a screen signed with the key that it pinned', async () => {
    expect(await test.hub.publishProgrammeFolder(folder)).toEqual({ version: 1, changed: true });
    const signed = (await (await fetchProgramme()).json()) as SignedProgramme;
    const key = createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(screen.hubPublicKey, 'base64')]), format: 'der', type: 'spki' });
    expect(verify(null, Buffer.from(signed.programme), key, Buffer.from(signed.signature, 'base64'))).toBe(true);
    const programme = programmeSchema.parse(JSON.parse(signed.programme)) satisfies Programme;
    expect(programme).toMatchObject({ version: 1, name: 'Spring', issuedMs: START_MS, creatives: [{ sha256: sha256(PICTURE), bytes: PICTURE.byteLength, mediaType: 'image/png' }] });
    expect(signed.programme).not.toContain('espresso.png');
  });

  it('get a new version only when they say something new', async () => {
    await test.hub.publishProgrammeFolder(folder);
    await writeFile(join(folder, 'programme.json'), JSON.stringify(source(), null, 4));
    expect(await test.hub.publishProgrammeFolder(folder)).toEqual({ version: 1, changed: false });
    await writeFile(join(folder, 'espresso.png'), png(4, 3));
    expect(await test.hub.publishProgrammeFolder(folder)).toEqual({ version: 2, changed: true });
    test = await test.reopen();
    expect(await test.hub.publishProgrammeFolder(folder)).toEqual({ version: 2, changed: false });
  });

  it('are not sent again to a screen that has them', async () => {
    await test.hub.publishProgrammeFolder(folder);
    const etag = (await fetchProgramme()).headers.get('etag')!;
    expect((await fetchProgramme({ 'if-none-match': etag })).status).toBe(304);
    await edit({ name: 'Summer' });
    await test.hub.publishProgrammeFolder(folder);
    expect((await fetchProgramme({ 'if-none-match': etag })).status).toBe(200);
  });

  it('are announced at once to the screens that listen', async () => {
    const events = linesOf(await asScreen(test, screen, 'GET', `/v1/screens/${screen.id}/events`));
    expect(await events.next()).toEqual({ type: 'programme', version: 0 });
    await test.hub.publishProgrammeFolder(folder);
    expect(await events.next()).toEqual({ type: 'programme', version: 1 });
    await events.close();
  });

  it('keep playlists, layouts, schedules, slots and how each is shown: the example in the documents can be published', async () => {
    const example = fileURLToPath(new URL('../../assets/programme-example', import.meta.url));
    await test.hub.publishProgrammeFolder(example);
    const published = JSON.parse(((await (await fetchProgramme()).json()) as SignedProgramme).programme) as Programme;
    const written = JSON.parse(await readFile(join(example, 'programme.json'), 'utf8')) as Programme;
    expect(published).toMatchObject({ playlists: written.playlists, layouts: written.layouts, slots: written.slots });
    expect(published.creatives.map(({ zone, schedule, presentation }) => ({ zone, schedule, presentation }))).toEqual(written.creatives.map(({ zone, schedule, presentation }) => ({ zone, schedule, presentation })));
  });

  it('take files of every kind, each by what its bytes are', async () => {
    const samples = fileURLToPath(new URL('../content/samples/', import.meta.url));
    const described = JSON.stringify({ v: 1, source: 'outside' });
    const files: readonly (readonly [kind: string, file: string, mediaType: string, content: string | Buffer])[] = [
      ['image', 'a.gif', 'image/gif', await readFile(join(samples, 'moving.gif'))],
      ['image', 'called.png', 'image/jpeg', await readFile(join(samples, 'still.jpg'))],
      ['video', 'a.mp4', 'video/mp4', await readFile(join(samples, 'av1.mp4'))],
      ['audio', 'a.m4a', 'audio/mp4', await readFile(join(samples, 'tone.m4a'))],
      ['pdf', 'a.pdf', 'application/pdf', pdf([[1, 0, 0]])],
      ['package', 'a.zip', 'application/zip', zip([{ name: 'index.html', content: 'x' }])],
      ['web', 'web.json', DESCRIPTOR_TYPES.web, described],
      ['stream', 'stream.json', DESCRIPTOR_TYPES.stream, described.replace('outside', 'live')],
      ['ticker', 'ticker.json', DESCRIPTOR_TYPES.ticker, described.replace('outside', 'news')],
    ];
    for (const [, file, , content] of files) await writeFile(join(folder, file), content);
    const sources = (['web', 'stream', 'feed'] as const).map((kind, index) => ({ id: ['outside', 'live', 'news'][index], kind, url: 'https://a.example/' }));
    await edit({ creatives: [firstCreative(), ...files.map(([kind, file]) => ({ ...firstCreative(), id: file.replace('.', '-'), kind, file }))], sources });
    await test.hub.publishProgrammeFolder(folder);
    const published = JSON.parse(((await (await fetchProgramme()).json()) as SignedProgramme).programme) as Programme;
    expect(published.creatives.slice(1).map(({ kind, mediaType }) => [kind, mediaType])).toEqual(files.map(([kind, , mediaType]) => [kind, mediaType]));
    await edit({ creatives: [firstCreative(), { ...firstCreative(), id: 'lost', kind: 'ticker', file: 'ticker.json' }], sources: sources.slice(0, 2) });
    await expect(test.hub.publishProgrammeFolder(folder)).rejects.toMatchObject({ code: 'source-unknown', message: expect.stringMatching(/creatives\.1 \("lost"\).*source "news"/) as string });
    await edit({ creatives: [firstCreative(), { ...firstCreative(), id: 'wrong', kind: 'ticker', file: 'web.json' }], sources });
    await expect(test.hub.publishProgrammeFolder(folder)).rejects.toMatchObject({ code: 'source-unknown', message: expect.stringContaining('is of kind web') as string });
    await writeFile(join(folder, 'huge.png'), png(25_000, 20_000));
    await edit({ creatives: [firstCreative(), { ...firstCreative(), id: 'huge', file: 'huge.png' }] });
    await expect(test.hub.publishProgrammeFolder(folder)).rejects.toMatchObject({ code: 'picture-too-large', message: expect.stringMatching(/creatives\.1\.file: "huge\.png".*500 megapixels/) as string });
  });

  describe('that are wrong change nothing and say where', () => {
    beforeEach(() => test.hub.publishProgrammeFolder(folder));
    afterEach(async () => {
      expect(JSON.parse(((await (await fetchProgramme()).json()) as SignedProgramme).programme)).toMatchObject({ version: 1, name: 'Spring' });
    });

    it('without programme.json', async () => {
      await rm(join(folder, 'programme.json'));
      await expect(test.hub.publishProgrammeFolder(folder)).rejects.toMatchObject({ code: 'programme-folder', message: expect.stringContaining(folder) as string });
    });
    it('with broken JSON', async () => {
      await writeFile(join(folder, 'programme.json'), '{\n  "name": "Spring",\n}');
      await expect(test.hub.publishProgrammeFolder(folder)).rejects.toMatchObject({ code: 'programme-invalid', message: expect.stringMatching(/programme\.json.*line 3/) as string });
    });
    it('with a value out of range', async () => {
      await edit({ creatives: [{ ...firstCreative(), durationMs: 1 }] });
      await expect(test.hub.publishProgrammeFolder(folder)).rejects.toMatchObject({ code: 'programme-invalid', message: expect.stringContaining('creatives.0.durationMs') as string });
    });
    it('with a file that is not there', async () => {
      await edit({ creatives: [{ ...firstCreative(), file: 'missing.png' }] });
      await expect(test.hub.publishProgrammeFolder(folder)).rejects.toMatchObject({ code: 'media-missing', message: expect.stringMatching(/creatives\.0\.file.*missing\.png/) as string });
    });
    it('with a file of another kind', async () => {
      await edit({ creatives: [{ ...firstCreative(), kind: 'video' }] });
      await expect(test.hub.publishProgrammeFolder(folder)).rejects.toMatchObject({ code: 'programme-invalid', message: expect.stringContaining('creatives.0.mediaType') as string });
    });
    it('with nothing to show when nobody is there', async () => {
      await edit({ creatives: [{ ...firstCreative(), criteria: [{ metric: 'present', condition: 'at-least', value: 1 }] }] });
      await expect(test.hub.publishProgrammeFolder(folder)).rejects.toMatchObject({ code: 'programme-invalid', message: expect.stringContaining('needs no criteria') as string });
    });
    it('with playlists in a circle', async () => {
      await edit({ playlists: ['one', 'two'].map((id, index) => ({ id, name: id, order: 'in-order', play: 'next', items: [{ playlist: ['two', 'one'][index] }] })) });
      await expect(test.hub.publishProgrammeFolder(folder)).rejects.toMatchObject({ code: 'programme-invalid', message: expect.stringContaining('playlists.0: is a circle: one → two → one') as string });
    });
    it('with a time of the day that there is not', async () => {
      await edit({ creatives: [{ ...firstCreative() }, { ...firstCreative(), id: 'tea', schedule: [{ dayparts: [{ from: '07:00', to: '25:00' }] }] }] });
      await expect(test.hub.publishProgrammeFolder(folder)).rejects.toMatchObject({ code: 'programme-invalid', message: expect.stringContaining('creatives.1.schedule.0.dayparts.0.to: must be a time of the day such as 18:00') as string });
    });
    it('with a link that leads out of the folder', async () => {
      const elsewhere = await newFolder();
      await writeFile(join(elsewhere, 'secret.png'), 'not for screens');
      await symlink(join(elsewhere, 'secret.png'), join(folder, 'secret.png'));
      await edit({ creatives: [{ ...firstCreative(), file: 'secret.png' }] });
      await expect(test.hub.publishProgrammeFolder(folder)).rejects.toMatchObject({ code: 'media-missing', message: expect.stringContaining('outside') as string });
      await rm(elsewhere, { recursive: true });
    });
  });

  describe('in a watched folder', () => {
    const watchFolder = async () => {
      const heard: string[] = [];
      const watching = await test.hub.watchProgrammeFolder(folder, {
        published: ({ version }) => heard.push(`version ${String(version)}`),
        problem: (error) => heard.push(error.code),
      });
      return { heard, watching };
    };
    const until = (heard: readonly string[], length: number) => expect.poll(() => heard.length, { interval: 25 }).toBeGreaterThanOrEqual(length);

    it('are published when they change, and a bad edit is said once', async () => {
      const { heard, watching } = await watchFolder();
      await edit({ name: 'Summer' });
      await until(heard, 2);

      await writeFile(join(folder, 'programme.json'), '{ oops');
      await until(heard, 3);
      await mkdir(join(folder, 'unrelated'));
      await new Promise((resolve) => setTimeout(resolve, 400));
      await edit({ name: 'Autumn' });
      await until(heard, 4);
      watching.close();
      expect(heard).toEqual(['version 1', 'version 2', 'programme-invalid', 'version 3']);
    });
  });

  describe('over HTTP', () => {
    const draft = () => {
      const { file, ...creative } = firstCreative();
      expect(file).toBe('espresso.png');
      return { ...source(), creatives: [{ ...creative, sha256: sha256(PICTURE), bytes: PICTURE.byteLength, mediaType: 'image/png' }] };
    };
    const put = (hash: string, bytes: Buffer, type = 'image/png') => asManager(test, `/api/media/${hash}`, { method: 'PUT', body: new Uint8Array(bytes), headers: { 'content-type': type } });
    const publish = (body: unknown) => asManager(test, '/api/programmes', { method: 'POST', body: JSON.stringify(body) });

    it('are published once their media are there', async () => {
      expect(await problemOf(await publish(draft()))).toMatchObject({ status: 422, code: 'media-missing' });
      expect((await put(sha256(PICTURE), PICTURE)).status).toBe(201);
      expect(await (await publish(draft())).json()).toEqual({ version: 1, changed: true });
      expect(await (await publish(draft())).json()).toEqual({ version: 1, changed: false });
    });

    it('refuse media under a wrong hash, and of a type that cannot be shown', async () => {
      expect(await problemOf(await put('f'.repeat(64), PICTURE))).toMatchObject({ status: 422, code: 'media-hash' });
      expect(await problemOf(await put(sha256(PICTURE), PICTURE, 'application/zip'))).toMatchObject({ status: 415, code: 'media-type' });
      expect(await problemOf(await asManager(test, `/media/${'f'.repeat(64)}`))).toMatchObject({ status: 404, code: 'unknown-media' });
    });

    it('refuse a creative whose size is not that of its file', async () => {
      await put(sha256(PICTURE), PICTURE);
      const [creative] = draft().creatives;
      expect(await problemOf(await publish({ ...draft(), creatives: [{ ...creative, bytes: 1 }] }))).toMatchObject({ status: 422, code: 'programme-invalid' });
    });
  });
});

describe('a programme whose slots name screens that stand together', () => {
  let test: TestHub;
  let folder: string;
  beforeEach(async () => {
    test = await openTestHub();
    folder = await programmeFolder();
  });
  afterEach(async () => {
    await test.close();
    await rm(folder, { recursive: true, force: true });
  });
  const edit = (slots: unknown) => writeFile(join(folder, 'programme.json'), JSON.stringify(source({ slots })));

  it('is signed with the keys that these screens enrolled with', async () => {
    const [left, right] = [await enrolScreen(test, 'Left'), await enrolScreen(test, 'Right')];
    await edit({ cycleMs: 8_000, groups: [{ leader: left.id, followers: [right.id] }] });
    expect(await test.hub.publishProgrammeFolder(folder)).toEqual({ version: 1, changed: true });
    const signed = (await (await asScreen(test, left, 'GET', `/v1/screens/${left.id}/programme`)).json()) as SignedProgramme;
    expect(programmeSchema.parse(JSON.parse(signed.programme)).slots).toEqual({
      cycleMs: 8_000,
      groups: [{ leader: { screenId: left.id, publicKey: left.publicKey }, followers: [{ screenId: right.id, publicKey: right.publicKey }] }],
    });
    expect(await test.hub.publishProgrammeFolder(folder)).toEqual({ version: 1, changed: false });
  });

  it('is not published with a screen that is not at this hub, or that stands twice', async () => {
    const { id } = await enrolScreen(test, 'Left');
    await edit({ cycleMs: 8_000, groups: [{ leader: id, followers: ['nobody-123456'] }] });
    await expect(test.hub.publishProgrammeFolder(folder)).rejects.toMatchObject({ code: 'programme-invalid', message: expect.stringContaining('slots.groups.0.followers.0: there is no screen "nobody-123456"') as string });
    await edit({ cycleMs: 8_000, groups: [{ leader: id, followers: [id] }] });
    await expect(test.hub.publishProgrammeFolder(folder)).rejects.toMatchObject({ code: 'programme-invalid', message: expect.stringContaining('stands twice') as string });
  });
});
