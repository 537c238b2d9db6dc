import type { Creative, Programme } from '../contract/index.ts';

/**
 * What is left of a programme when the stage broke down again and again: stills of the house that nobody has to stand
 * before. If there are none, the simplest that there is: any still without criteria, then whatever has no criteria.
 */
export function safeProgramme(programme: Programme): Programme {
  const always = programme.creatives.filter(({ criteria }) => criteria.length === 0);
  const stills = always.filter(({ kind }) => kind === 'image');
  const house = stills.filter(({ tier }) => tier === 'house');
  const creatives = [house, stills, always].find((left) => left.length > 0) ?? programme.creatives;
  return { ...programme, creatives: withNotice(creatives, programme.creatives) };
}

/** Sensing is permitted only while people are told of it: the notice stays, or sensing ends with it. */
function withNotice(creatives: readonly Creative[], all: readonly Creative[]): Creative[] {
  const notices = all.filter((creative) => creative.notice === true && creative.kind === 'image' && !creatives.includes(creative));
  return [...creatives, ...notices];
}

export interface Safety {
  /** What to choose from: the programme, or what is safe of it. */
  of(programme: Programme): Programme;
  /** From now on only what is safe, until another version comes: that one may be the remedy. */
  enter(): void;
}

/** @param safe begin with what is safe: the lives before this one broke down */
export function createSafety(safe: boolean): Safety {
  let entering = safe;
  let avoided: number | null = null;
  return {
    of(programme) {
      if (entering) avoided = programme.version;
      entering = false;
      return programme.version === avoided ? safeProgramme(programme) : programme;
    },
    enter() {
      entering = true;
    },
  };
}
