import { LitfassError, type Source } from '../contract/index.ts';
import { descriptorKindOf, readDescriptor } from './descriptors.ts';
import { openPackage } from './packages/html-package.ts';

const KIND_OF_SOURCE = { web: 'web', stream: 'stream', ticker: 'feed' } as const;

interface Wanted {
  readonly id: string;
  readonly kind: Source['kind'];
}

/**
 * Refuses a creative whose file names a source that the programme does not have: it could only ever fail.
 *
 * @throws LitfassError `source-unknown`, and what `openPackage` and `readDescriptor` throw
 */
export async function requireSources(path: string, mediaType: string, sources: readonly Source[]): Promise<void> {
  for (const { id, kind } of await wantedSources(path, mediaType)) {
    const source = sources.find((each) => each.id === id);
    if (source === undefined) throw new LitfassError('source-unknown', `it takes from the source "${id}", which the programme does not have. Add it to "sources", or correct the name.`);
    if (source.kind !== kind) throw new LitfassError('source-unknown', `it takes from the source "${id}" as ${kind}, but that is of kind ${source.kind}.`);
  }
}

async function wantedSources(path: string, mediaType: string): Promise<readonly Wanted[]> {
  const descriptor = descriptorKindOf(mediaType);
  if (descriptor !== null) return [{ id: (await readDescriptor(path, descriptor)).source, kind: KIND_OF_SOURCE[descriptor] }];
  if (mediaType !== 'application/zip') return [];
  const { manifest } = await openPackage(path);
  return manifest.fields.flatMap(({ from }) => (from !== undefined && 'source' in from ? [{ id: from.source, kind: 'json' as const }] : []));
}
