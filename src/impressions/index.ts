// The log: what was shown, what went wrong and what was released, one leaf each, appended durably and never changed.
// The tree over the leaves, its signed checkpoints and its proofs belong here too. Nothing in this room knows the network.
export type { LogEntry } from './leaf-table.ts';
export { type GroupCommit, LONGEST_GROUP_MS } from './group-commit.ts';
export { openLog } from './open-log.ts';
export { examineLog } from './examine.ts';
export { PRUNED } from './leaf-table.ts';
export type { Cosigned, ImpressionLog, LoggedLeaf } from './impression-log.ts';
export type { Settings } from './settings.ts';
export { probeStorage } from './storage-health.ts';
export { storageFault } from './storage-fault.ts';
export { packBundle, type BundleRows, type Pins, type Verdict, verifyBundle, verifyTlogProof } from './bundle/index.ts';
export * from './note/index.ts';
export * from './tree/index.ts';
