// What creatives are made of: what a file is before anybody decodes it, packages, descriptors, and the sources outside that
// they may take from. Hub and screens look with the same eyes, so what can be published can be shown.
export { readDescriptor } from './descriptors.ts';
export { examineMedia } from './files/examine.ts';
export { openPackage, type HtmlPackage } from './packages/html-package.ts';
export { fetchAllowed, isFrom, readBounded, type Fetch } from './sources/fetch-allowed.ts';
export { atPointer, type Json } from './sources/json-pointer.ts';
export { sourceCopiesIn } from './sources/source-copies.ts';
export { openSources, type Sources } from './sources/sources.ts';
export { requireSources } from './wanted-sources.ts';
