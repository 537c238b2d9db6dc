// Writes what Electron runs into dist/app: the sources with their types taken off, file by file, in the same folders. Electron
// runs no TypeScript, least of all from inside an archive; nothing is bundled, so a stack trace still names our files.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'dist/app');

/** Where Electron's main process starts, inside the application. */
const MAIN = 'src/shells/electron/main.js';

export function buildApp(): void {
  rmSync(out, { recursive: true, force: true });
  for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    // A declaration says what others' files hold, and is none itself.
    if (file.endsWith('.ts') && !file.endsWith('.d.ts')) transpile(join(root, 'src', file), join(out, 'src', file.replace(/\.ts$/, '.js')));
  }
  const { name, version, description, license, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(join(out, 'package.json'), `${JSON.stringify({ name, version, description, license, type: 'module', main: MAIN, dependencies }, null, 2)}\n`);
  for (const page of ['stage', 'vision', 'calibration', 'console', 'set-up']) cpSync(join(root, 'dist/renderer', page), join(out, 'dist/renderer', page), { recursive: true });
  for (const file of ['LICENSE', 'NOTICE']) cpSync(join(root, file), join(out, file));
}

function transpile(from: string, to: string): void {
  const { outputText } = ts.transpileModule(readFileSync(from, 'utf8'), {
    fileName: relative(root, from),
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true, rewriteRelativeImportExtensions: true, removeComments: true },
  });
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, outputText);
}

if (import.meta.main) buildApp();
