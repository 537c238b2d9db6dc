import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const UNIT = '/usr/lib/systemd/user/litfass.service';

/**
 * What the deb is made of, as the packager tells the program that writes it (fpm): options, and `from=to` for what it carries.
 *
 * @param unpackedDir what comes to the folder of the program
 */
export function wrongInDeb(args: readonly string[], unpackedDir: string): string[] {
  const carried = new Map(args.flatMap((arg) => (/^[^-].*=\//.test(arg) ? [[arg.slice(arg.lastIndexOf('=/') + 1), arg.slice(0, arg.lastIndexOf('=/'))] as const] : [])));
  const missing = [...carried].filter(([, from]) => !existsSync(from)).map(([to, from]) => `the deb has nothing for ${to}: there is no ${from}`);
  return [...missing, ...wrongInUnit(carried, unpackedDir)];
}

/** A unit starts what the package brings, and names what it brings. */
function wrongInUnit(carried: ReadonlyMap<string, string>, unpackedDir: string): string[] {
  const from = carried.get(UNIT);
  if (from === undefined) return [`the deb brings no ${UNIT}`];
  const unit = readFileSync(from, 'utf8');
  const start = /^ExecStart=(\S+)/m.exec(unit)?.[1] ?? '';
  const folder = [...carried].find(([, source]) => source.replace(/\/+$/, '') === unpackedDir)?.[0];
  const program = folder !== undefined && start.startsWith(`${folder}/`) ? join(unpackedDir, start.slice(folder.length)) : null;
  const page = /^Documentation=file:\/\/(\S+)/m.exec(unit)?.[1] ?? '';
  return [
    ...(program !== null && existsSync(program) ? [] : [`${UNIT} starts ${start}, which the deb does not bring (its program lies in ${folder ?? 'no folder'})`]),
    ...(carried.has(page) ? [] : [`${UNIT} names the page ${page}, which the deb does not bring`]),
  ];
}
