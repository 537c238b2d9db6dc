// Eighteen joints and what follows from them: how a head is turned, what the arms do, and where in the shop somebody stands.
export { armsOf } from './arms.ts';
export { FACE_M, figureOf, type Figure } from './figure.ts';
export { headTurn } from './head-turn.ts';
export type { Skeleton } from './joints.ts';
