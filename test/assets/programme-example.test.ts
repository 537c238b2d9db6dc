import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openPackage } from '../../src/content/index.ts';

const FOLDER = new URL('../../assets/programme-example/', import.meta.url);

describe('the example package', () => {
  it('is packed from the files beside it', async () => {
    const offer = await openPackage(fileURLToPath(new URL('offer.zip', FOLDER)));
    const names = await readdir(new URL('offer/', FOLDER));
    for (const name of names) expect((await offer.read(name))?.toString(), name).toBe(await readFile(new URL(`offer/${name}`, FOLDER), 'utf8'));
    expect(offer.manifest.fields.map(({ name }) => name)).toEqual(['dish', 'price', 'screen']);
  });
});
