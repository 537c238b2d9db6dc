// What creatives are made of: what a file is before anybody decodes it. Hub and screens look with the same eyes, so what can be
// published can be shown.
export { examineMedia } from './files/examine.ts';
