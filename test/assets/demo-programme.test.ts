import { readFile, stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { audienceSchema, programmeSourceSchema, type Audience, type Criterion, type Metric } from '../../src/contract/index.ts';
import { CriteriaMemory } from '../../src/selection/index.ts';

const FOLDER = new URL('../../assets/demo/', import.meta.url);
const programme = programmeSourceSchema.parse(JSON.parse(await readFile(new URL('programme.json', FOLDER), 'utf8')));
const { creatives, policy, selection } = programme;
const forAudiences = creatives.filter((creative) => creative.criteria.length > 0);
const asked = new Set<Metric>(creatives.flatMap((creative) => creative.criteria.map((criterion) => criterion.metric)));

describe('the demo programme', () => {
  it('names only media that lie beside it, 5 MB in all', async () => {
    const sizes = await Promise.all(creatives.map(async ({ file }) => (await stat(new URL(file, FOLDER))).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(5_000_000);
  });

  it('gives every creative its own id and file', () => {
    expect(new Set(creatives.map(({ id }) => id)).size).toBe(creatives.length);
    expect(new Set(creatives.map(({ file }) => file)).size).toBe(creatives.length);
  });

  it('has stills, both kinds of film and a live creative, each short enough that a minute shows seven', () => {
    expect(creatives.filter(({ kind }) => kind === 'image').length).toBeGreaterThanOrEqual(6);
    expect(creatives.filter(({ kind }) => kind === 'video').map(({ file }) => file.split('.').at(-1)).sort()).toEqual(['mp4', 'webm']);
    expect(creatives.some(({ kind }) => kind === 'html')).toBe(true);
    for (const { durationMs } of creatives) expect(durationMs).toSatisfy((ms: number) => ms >= 5000 && ms <= 8000);
  });

  it('fills the screen when nobody is there', () => {
    expect(creatives.filter(({ tier, criteria }) => tier === 'house' && criteria.length === 0).length).toBeGreaterThanOrEqual(4);
  });

  it('tells people that they are counted, at least every 45 seconds and whoever is there', () => {
    const notices = creatives.filter(({ notice }) => notice === true);
    expect(notices.map(({ atLeastEveryMs, criteria }) => ({ atLeastEveryMs, criteria }))).toEqual([{ atLeastEveryMs: 45_000, criteria: [] }]);
  });

  it('asks nothing of the audience that its policy does not permit', () => {
    expect(policy.camera).toBeDefined();
    if ([...asked].some((metric) => metric.includes(':'))) expect(policy.demographics).toBeDefined();
  });

  it('responds to company, a look, lingering and an age group', () => {
    expect([...asked]).toEqual(expect.arrayContaining<Metric>(['present', 'watching', 'dwell', 'age:25-44']));
  });

  it.each(forAudiences)('can show "$id": there is an audience that fits it', ({ criteria }) => {
    const memory = new CriteriaMemory();
    memory.follow(criteria, selection);
    for (const atMs of [10_000, 10_000 + selection.enterMs]) memory.update(audienceFor(criteria, atMs));
    expect(criteria.filter((criterion) => !memory.holds(criterion))).toEqual([]);
  });
});

describe('the demo media', () => {
  it.each(creatives.filter(({ kind }) => kind === 'image'))('has "$file" in 1920 × 1080 and under 350 kB', async ({ file }) => {
    const bytes = await readFile(new URL(file, FOLDER));
    expect(losslessWebpSize(bytes)).toEqual({ width: 1920, height: 1080 });
    expect(bytes.length).toBeLessThan(350_000);
  });

  it.each(creatives.filter(({ kind }) => kind === 'video'))('has "$file" under 900 kB, ready to play from its first bytes', async ({ file }) => {
    const bytes = await readFile(new URL(file, FOLDER));
    expect(bytes.length).toBeLessThan(900_000);
    if (file.endsWith('.mp4')) expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
    else expect(bytes.readUInt32BE(0)).toBe(0x1a45dfa3);
  });

  it.each(creatives.filter(({ kind }) => kind === 'html'))('has "$file" whole in one file that reaches for nothing outside', async ({ file }) => {
    const html = (await readFile(new URL(file, FOLDER), 'utf8')).replaceAll('http://www.w3.org/2000/svg', '');
    const references = [...html.matchAll(/(?:\b(?:src|href)=["']?|url\(["']?)([^"')\s>]+)/g)].map(([, target]) => target ?? '');
    expect(references.filter((target) => !/^(?:data:|#|%23)/.test(target))).toEqual([]);
    expect(html).not.toMatch(/\b(?:https?|wss?):|\bfetch\(|XMLHttpRequest|\bimport\b/);
    expect(html.length).toBeLessThan(200_000);
  });
});

/** Two adults who measure exactly what the criteria ask for. */
function audienceFor(criteria: readonly Criterion[], atMs: number): Audience {
  const value = (metric: Metric): number => criteria.find((criterion) => criterion.metric === metric)?.value ?? 0;
  const present = Math.max(2, value('present'), value('watching'));
  const people = (metric: Metric): number => (present * value(metric)) / 100;
  const ages = { '18-24': people('age:18-24'), '25-44': people('age:25-44'), '45-64': people('age:45-64'), '65+': people('age:65+') };
  const genders = { female: people('gender:female'), male: people('gender:male') };
  const rest = (shares: Readonly<Record<string, number>>): number => present - Object.values(shares).reduce((sum, share) => sum + share, 0);
  return audienceSchema.parse({
    atMs,
    sensor: 'ok',
    present,
    watching: value('watching'),
    dwellMs: value('dwell'),
    attentionMs: value('attention'),
    ages: { ...ages, unknown: rest(ages) },
    genders: { ...genders, unknown: rest(genders) },
    exposed: present,
    nearestM: null,
    zones: [],
  });
}

/** Width and height from the header of a lossless WebP (RFC 9649, section 3.4: 14 bits each, less one). */
function losslessWebpSize(bytes: Buffer): { width: number; height: number } {
  expect([bytes.toString('latin1', 0, 4), bytes.toString('latin1', 8, 16), bytes[20]]).toEqual(['RIFF', 'WEBPVP8L', 0x2f]);
  const bits = bytes.readUInt32LE(21);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
