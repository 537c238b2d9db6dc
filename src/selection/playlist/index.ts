// Playlists of creatives and playlists: which creative is next, and whose turn it is after that. Pure.
export { PlaylistOrder } from './order.ts';
export { nextOf, type Guide, type Walk } from './walk.ts';
