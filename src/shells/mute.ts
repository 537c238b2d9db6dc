/**
 * Run in a page that another one replaces: from then on it asks the player for nothing and tells it nothing, or the two
 * would take the stage from each other. What it shows, it goes on showing.
 */
export const MUTE = 'globalThis.fetch = () => new Promise(() => undefined); undefined';
