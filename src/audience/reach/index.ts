// Hands at the shelf: what the arms of one person do, picture by picture, from joints alone.
export type { ArmPose, Keypoint } from './arm.ts';
export { NEW_ARM, watchArm, type ArmState, type ArmWatch, type ProductInteraction, type ShelfZone } from './product-reach.ts';
export { handsIn, NO_REACHES, reach, type Reaches } from './reaches.ts';
