// Who is who in the pictures: faces and bodies joined to people, and people followed from one picture to the next.
export { associate } from './association.ts';
export { isPerson, isSeenWell, type Track } from './track.ts';
