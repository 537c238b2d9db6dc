import { copyFileSync, chmodSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';

/**
 * A folder that looks like Electron's for Linux, with Node as its program: what the packager copies, renames and fills. It
 * stands in where Electron cannot be fetched; windows it has none.
 */
export async function writeStandInElectron(folder: string, version: string): Promise<void> {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'), { recursive: true });
  copyFileSync(process.execPath, join(folder, 'electron'));
  chmodSync(join(folder, 'electron'), 0o755);
  for (const name of ['chrome-sandbox', 'chrome_crashpad_handler', 'libffmpeg.so', 'icudtl.dat', 'resources.pak', 'v8_context_snapshot.bin', 'LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), '');
  for (const locale of ['de', 'en-US', 'fr']) writeFileSync(join(folder, 'locales', `${locale}.pak`), '');
  // The packager reads its header before it throws it away.
  mkdirSync(join(folder, 'empty'));
  await createPackage(join(folder, 'empty'), join(folder, 'resources/default_app.asar'));
  rmdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'version'), version);
}
