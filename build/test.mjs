// `npm test`: every check there is, on a bare clone.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { root, setUp } from './set-up.mjs';

const CHECKS = [
  ['types', 'tsc', ['--noEmit']],
  ['lint', 'eslint', ['.', '--max-warnings', '0']],
  ['rules', 'depcruise', ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'src', 'renderer', 'test', 'build']],
  ['unit', 'vitest', ['run', '--project', 'unit']],
  ['e2e', 'vitest', ['run', '--project', 'e2e']],
];

try {
  await setUp();
} catch (error) {
  process.stderr.write(`npm test: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

const reports = mkdtempSync(join(tmpdir(), 'litfass-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const wrong = [];
/** What failed, said once more at the very end: where a long output is cut, its end is what is left. */
const failures = [];

for (const [name, command, args] of CHECKS) {
  const started = Date.now();
  process.stdout.write(`── ${name}\n`);
  const report = join(reports, `${name}.json`);
  const more = command === 'vitest' ? ['--reporter=default', '--reporter=json', `--outputFile=${report}`] : [];
  const code = await run(command, [...args, ...more]);
  if (command === 'vitest') count(report);
  else total[code === 0 ? 'passed' : 'failed'] += 1;
  if (code !== 0) wrong.push(name);
  process.stdout.write(`── ${name}: ${code === 0 ? 'good' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(0)} s\n\n`);
}

rmSync(reports, { recursive: true });
for (const failure of failures) process.stdout.write(`${failure}\n\n`);
if (wrong.length > 0) process.stdout.write(`Failed: ${wrong.join(', ')}\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exit(wrong.length === 0 ? 0 : 1);

/** Runs a package's command on the pinned Node, which stands first on the path. */
function run(command, args) {
  const bin = join(root, 'node_modules/.bin');
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  const env = { ...inherited, ...colour, PATH: `${bin}${delimiter}${process.env.PATH}` };
  const child = spawn(join(bin, command), args, { cwd: root, stdio: 'inherit', env, shell: process.platform === 'win32' });
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function count(report) {
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    total.passed += result.numPassedTests;
    total.failed += result.numFailedTests;
    total.skipped += result.numPendingTests + result.numTodoTests;
    failures.push(...result.testResults.flatMap(failuresOf));
  } catch {
    total.failed += 1;
    process.stdout.write('the test runner left no report\n');
  }
}

/** A file that cannot be loaded has no tests, only a message. */
function failuresOf(file) {
  const tests = file.assertionResults.filter((test) => test.status === 'failed');
  const where = relative(root, file.name);
  if (tests.length === 0) return file.status === 'failed' ? [`✗ ${where}\n${file.message}`] : [];
  return tests.map((test) => `✗ ${where}: ${test.fullName}\n${ownLines(test.failureMessages)}`);
}

/** A message without the lines of its stack that lead through packages. */
function ownLines(messages) {
  return messages.join('\n').split('\n').filter((line) => !line.includes('node_modules')).join('\n');
}
