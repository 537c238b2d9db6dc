// Where on the floor people stand and which way they go, as sums over all of them. No cell knows who or when.
export { addWalk, emptyFloor, MOST_STEPS } from './floor-count.ts';
export { gridOf, type Grid } from './grid.ts';
export { beginWalk, continueWalk, type Walk } from './walk.ts';
