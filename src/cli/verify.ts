import { readFileSync, statSync } from 'node:fs';
import { Command } from 'commander';
import { LitfassError } from '../contract/index.ts';
import { parseUtf8, parseVerifierKey, type Pins, verifyBundle, verifyTlogProof, type Verdict } from '../impressions/index.ts';
import { existingFile } from './options.ts';
import { say } from './terminal.ts';

/** What is verified is held in memory. */
const MOST_BYTES = 1_000_000_000;

export function verifyCommand(): Command {
  return new Command('verify')
    .description('check an export bundle or a .tlog-proof of a hub, without a network; ends with 0 if it is good and 1 if not')
    .argument('<file>', 'bundle (.zip) or .tlog-proof')
    .option('--key <vkey>', "verifier key of the screen's log, got elsewhere; needed for a .tlog-proof, may be repeated", collect, [])
    .option('--witness <vkey>', 'verifier key of a witness that must have cosigned; may be repeated', collect, [])
    .action((path: string, options: { key: string[]; witness: string[] }) => {
      const file = existingFile(path, 'a bundle or a .tlog-proof');
      const pins: Pins = { keys: options.key.map(parseVerifierKey), witnesses: options.witness.map(parseVerifierKey) };
      process.exitCode = report(file, verify(file, pins)) ? 0 : 1;
    });
}

/** @throws LitfassError `file-unknown` when it is neither kind of file */
function verify(file: string, pins: Pins): Verdict {
  if (statSync(file).size > MOST_BYTES) throw new LitfassError('file-unknown', `${file} is larger than any bundle (${MOST_BYTES} bytes); nothing was read.`);
  const bytes = readFileSync(file);
  if (bytes.toString('latin1', 0, 2) === 'PK') return verifyBundle(bytes, pins);
  const text = parseUtf8(bytes);
  if (text?.startsWith('c2sp.org/tlog-proof@') === true) return verifyTlogProof(text, pins);
  throw new LitfassError('file-unknown', `${file} is neither a bundle nor a .tlog-proof. Export it again from the hub.`);
}

function report(file: string, { failures, proven, notProven }: Verdict): boolean {
  for (const failure of failures) say(`WRONG      ${failure}`);
  for (const line of proven) say(`${failures.length > 0 ? 'in itself ' : 'proven    '} ${line}`);
  for (const line of failures.length > 0 ? [] : notProven) say(`not proven ${line}`);
  say(failures.length > 0 ? `${file} is NOT good.` : `${file} is good.`);
  return failures.length === 0;
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
