import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';

/** What has no business on a screen. */
const SUPERFLUOUS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['TypeScript', /\.[cm]?ts$/],
  ['source maps', /\.map$/],
  ['our tests', /^\/test\//],
  ['development data', /^\/(assets|data|coverage|docs|\.ci)\//],
  ['a package for development', /^\/node_modules\/(typescript|vite|vitest|eslint|electron|electron-builder|react|react-dom|dependency-cruiser|fast-check|node|@sparticuz|@types|@tanstack|app-builder-lib|esbuild|rolldown)\//],
  ['what another package was compiled from', /^\/node_modules\/.*\.(cc|c|h|gyp)$/],
];

/** @returns one line for each kind of file that should not be there */
export function superfluousIn(files: readonly string[]): string[] {
  return SUPERFLUOUS.flatMap(([what, pattern]) => {
    const found = files.filter((file) => pattern.test(file));
    return found.length === 0 ? [] : [`${what}: ${found.length} files, such as ${found[0] ?? ''}`];
  });
}

/** `electron` comes with the program. */
const GIVEN = new Set(['electron', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)]);

/** Packages that our files import, statically or later. */
export function importedPackages(folder: string, files: readonly string[]): ReadonlySet<string> {
  const packages = new Set<string>();
  for (const file of files.filter((name) => name.startsWith('/src/') && name.endsWith('.js'))) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const { fileName: specifier } of ts.preProcessFile(text, true, true).importedFiles) {
      if (specifier.startsWith('.')) continue;
      const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
      if (!GIVEN.has(specifier) && !GIVEN.has(name)) packages.add(specifier);
    }
  }
  return packages;
}
