// What looks like a person and does not live: told apart by never moving at all.
export { followLiveliness, isStill, rememberPlaces, UNKNOWN_LIVELINESS, type Liveliness, type StillPlace } from './liveliness.ts';
