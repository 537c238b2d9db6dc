// Hands at the shelf: what one arm does, picture by picture, from joints alone.
export type { ArmPose, Keypoint } from './arm.ts';
export { NEW_ARM, watchArm, type ArmState, type ArmWatch, type ProductInteraction, type ShelfZone } from './product-reach.ts';
