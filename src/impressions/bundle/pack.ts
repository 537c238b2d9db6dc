import { canonicalJson, type Bundle, type BundleRow } from '../../contract/index.ts';
import { bundlePage } from './page.ts';
import { writeZip, type ZipFile } from './zip.ts';

export const BUNDLE_FILE = 'bundle.json';
export const PAGE_FILE = 'index.html';

/** The rows of each log of a bundle, by epoch, in order. */
export type BundleRows = ReadonlyMap<string, readonly BundleRow[]>;

/** An export bundle as the pieces of a ZIP; its layout is in `contract/bundle.ts`. */
export function packBundle(bundle: Bundle, rows: BundleRows): Buffer[] {
  const files: ZipFile[] = [
    { name: BUNDLE_FILE, bytes: Buffer.from(canonicalJson(bundle), 'utf8') },
    ...bundle.logs.map(({ epoch }) => ({ name: rowsFile(epoch), bytes: Buffer.from((rows.get(epoch) ?? []).map((row) => `${canonicalJson(row)}\n`).join(''), 'utf8') })),
    { name: PAGE_FILE, bytes: Buffer.from(bundlePage(bundle, rows), 'utf8') },
  ];
  return writeZip(files);
}

export function rowsFile(epoch: string): string {
  return `logs/${epoch}.ndjson`;
}
