import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { writeMot } from '../../src/audience/index.ts';
import { seeded, shoot, SHOP_FILMS } from '../audience/tracking/shop-films.ts';
import { tudCampus, WITHOUT_TUD_CAMPUS } from '../audience/tud-campus.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'litfass-tracking-'));
afterAll(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string) => join(folder, name);

function litfass(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((end) => {
    execFile(process.execPath, [main, ...args], (error, stdout, stderr) => end({ code: error ? Number(error.code) : 0, stdout, stderr }));
  });
}

describe('litfass track and litfass score', () => {
  it('follow a film of the project, and say how well', async () => {
    const { pictures } = shoot(SHOP_FILMS.find(({ name }) => name.startsWith('a pair'))!, 10, seeded(1));
    writeFileSync(inFolder('gt.txt'), writeMot(pictures.flatMap(({ truth }, index) => truth.map((person) => ({ frame: index + 1, ...person, confidence: 1 })))));
    writeFileSync(inFolder('det.txt'), writeMot(pictures.flatMap(({ detections }, index) => detections.map(({ box, score }) => ({ frame: index + 1, id: -1, box, confidence: score })))));
    const tracked = await litfass('track', inFolder('det.txt'), '--out', inFolder('tracks.txt'), '--fps', '10');
    expect(tracked).toMatchObject({ code: 0, stderr: '' });
    expect(tracked.stdout).toMatch(/^100 pictures, 2 people, /);
    const { code, stdout } = await litfass('score', inFolder('gt.txt'), inFolder('tracks.txt'));
    expect(code).toBe(0);
    const score = JSON.parse(stdout) as Record<string, number>;
    expect(score['IDF1']).toBeGreaterThan(0.9);
    expect(score['IDSW']).toBe(0);
    expect(Object.keys(score)).toEqual(expect.arrayContaining(['HOTA', 'DetA', 'AssA', 'IDP', 'IDR', 'MOTA', 'MOTP', 'FP', 'FN', 'Frag', 'MT', 'PT', 'ML']));
  });

  it('make the published SORT figures on TUD-Campus', async ({ skip }) => {
    skip(tudCampus === null, WITHOUT_TUD_CAMPUS);
    const file = (name: string) => resolve(tudCampus!, name);
    expect(await litfass('track', file('det.txt'), '--algorithm', 'sort', '--out', inFolder('sort.txt'))).toMatchObject({ code: 0 });
    expect(readFileSync(inFolder('sort.txt'), 'utf8').split('\n')[0]).toMatch(/^1,1,\d+\.\d\d,\d+\.\d\d,\d+\.\d\d,\d+\.\d\d,1,-1,-1,-1$/);
    const { stdout } = await litfass('score', file('gt.txt'), inFolder('sort.txt'));
    expect(JSON.parse(stdout)).toMatchObject({ FP: 15, FN: 113, IDSW: 6, Frag: 9, MOTA: expect.closeTo(0.626741, 6) as number });
  });

  it('say which line is wrong, and where a file is missing or of the wrong kind', async () => {
    writeFileSync(inFolder('bad.txt'), '1,-1,0,0,5,5,1\n1,-1,0,0,five,5,1\n');
    writeFileSync(inFolder('found.txt'), '1,-1,0,0,5,5,1\n');
    writeFileSync(inFolder('ignored.txt'), '1,1,0,0,5,5,0\n');
    const [bad, missing, detections, ignored, unwritable, rate] = await Promise.all([
      litfass('track', inFolder('bad.txt'), '--out', inFolder('out.txt')),
      litfass('score', inFolder('nowhere.txt'), inFolder('found.txt')),
      litfass('score', inFolder('found.txt'), inFolder('found.txt')),
      litfass('score', inFolder('ignored.txt'), inFolder('ignored.txt')),
      litfass('track', inFolder('found.txt'), '--out', inFolder('no/such/out.txt')),
      litfass('track', inFolder('found.txt'), '--out', inFolder('out.txt'), '--fps', '0'),
    ]);
    expect(bad).toMatchObject({ code: 1, stderr: `litfass: ${inFolder('bad.txt')}, line 2: column 5 is "five", not a number; a row is frame,id,left,top,width,height,confidence,x,y,z.\n` });
    expect(missing.stderr).toMatch(/there is no file .*nowhere\.txt/);
    expect(detections.stderr).toMatch(/found\.txt holds boxes of nobody/);
    expect(ignored.stderr).toMatch(/has no row that counts/);
    expect(unwritable.stderr).toMatch(/cannot be written .*choose another --out file/);
    expect(rate).toMatchObject({ code: 1 });
  });
});
