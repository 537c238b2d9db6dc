import { describe, expect, it } from 'vitest';
import { creativeSchema, leafSchema, programmeSchema, sha256Schema, statusReportSchema } from '../../src/contract/index.ts';
import { BOOT_ID, newCreative, newFault, newPlay, newProgramme, newRelease, newReleaseTable } from './builders.ts';

describe('what leaves the screen', () => {
  it.each([newPlay(), newFault(), newRelease(), newReleaseTable()])('a $type is let through', (leaf) => {
    expect(leafSchema.safeParse(leaf).success).toBe(true);
  });

  it.each([newPlay(), newFault(), newRelease(), newReleaseTable()])('a $type with one more field is refused, whatever the field says', (leaf) => {
    expect(leafSchema.safeParse({ ...leaf, trackId: 7 }).success).toBe(false);
  });

  it('a play carries no measured number about people, not even deep inside', () => {
    const play = newPlay();
    const decision = { ...play.decision, reason: { ...play.decision.reason, present: 3 } };
    expect(leafSchema.safeParse({ ...play, decision }).success).toBe(false);
  });

  it('a released value is an integer, and may be negative', () => {
    expect(leafSchema.safeParse(newRelease({ value: -12 })).success).toBe(true);
    expect(leafSchema.safeParse(newRelease({ value: 1.5 })).success).toBe(false);
  });

  it('a table has one value for each cell', () => {
    expect(leafSchema.safeParse(newReleaseTable({ values: [1, 2] })).success).toBe(false);
  });

  it('a status report has no place for a count of people', () => {
    const status = { bootId: BOOT_ID, shell: 'headless', version: '0.1.0', sensor: 'ok', programmeVersion: 1, backlog: 0, nowPlaying: null, trouble: '' };
    expect(statusReportSchema.safeParse(status).success).toBe(true);
    expect(statusReportSchema.safeParse({ ...status, present: 2 }).success).toBe(false);
  });
});

describe('a programme', () => {
  it('is refused when it could leave the screen dark', () => {
    const choosy = newCreative({ criteria: [{ metric: 'present', condition: 'at-least', value: 1 }] });
    expect(programmeSchema.safeParse(newProgramme({ creatives: [choosy] })).error?.issues[0]?.message).toContain('dark');
  });

  it('is refused with two creatives of one id', () => {
    expect(programmeSchema.safeParse(newProgramme({ creatives: [newCreative(), newCreative()] })).error?.issues[0]?.message).toContain('same id');
  });

  it('is refused when a media type does not fit its kind', () => {
    expect(creativeSchema.safeParse(newCreative({ kind: 'video', mediaType: 'image/png' })).error?.issues[0]?.message).toContain('does not fit kind "video"');
  });

  it('turns the pages of a document within a day: a longer timer of a page would fire at once', () => {
    const menu = newCreative({ kind: 'pdf', mediaType: 'application/pdf' });
    expect(creativeSchema.safeParse({ ...menu, pageMs: 86_400_000 }).success).toBe(true);
    expect(creativeSchema.safeParse({ ...menu, pageMs: 2_147_483_648 }).error?.issues[0]?.path).toEqual(['pageMs']);
  });

  it('can ask nothing about people under 18', () => {
    const criterion = { metric: 'age:0-17', condition: 'at-least', value: 50 };
    expect(creativeSchema.safeParse({ ...newCreative(), criteria: [criterion] }).success).toBe(false);
  });

  it('names media by a hash that cannot leave a folder', () => {
    expect(sha256Schema.safeParse('../'.repeat(21) + 'a').success).toBe(false);
  });
});
