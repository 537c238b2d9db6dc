// What an auditor takes home: a bundle of rows with everything that proves them, and the verification of it, without a network.
export { packBundle, type BundleRows } from './pack.ts';
export type { Pins, Verdict } from './verdict.ts';
export { rootOfRows, verifyBundle } from './verify-bundle.ts';
export { verifyTlogProof } from './verify-proof.ts';
export { readZip, writeZip, type ZipFile } from './zip.ts';
