import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A program named nmcli, found before any other, which does what it is told and keeps what it was told. */
export interface NmcliStandIn {
  /** What it says and how it ends, from now on, when its arguments hold this word. */
  answer(word: 'list' | 'connect', ended: { readonly code?: number; readonly stdout?: string; readonly stderr?: string }): void;
  /** Takes only this password, and says otherwise what NetworkManager says. */
  expectPassword(password: string): void;
  /** Of the last time that its arguments held this word. */
  asked(word: 'list' | 'connect'): { readonly args: readonly string[]; readonly stdin: string; readonly locale: string };
  remove(): void;
}

/** @param env whose PATH finds it */
export function standInForNmcli(env: NodeJS.ProcessEnv): NmcliStandIn {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-nmcli-'));
  const path = env.PATH;
  const write = (name: string, text: string): void => writeFileSync(join(dir, name), text);
  write(
    'nmcli',
    `#!/bin/sh
case " $* " in *" list "*) to='${dir}/list' ;; *) to='${dir}/connect' ;; esac
printf '%s\\n' "$@" > "$to.args"
printf '%s' "$LC_ALL" > "$to.locale"
cat > "$to.stdin"
if [ -f "$to.password" ] && [ "$(cat "$to.stdin")" != "$(cat "$to.password")" ]; then
  echo 'Error: Connection activation failed: Secrets were required, but not provided.' >&2
  exit 4
fi
cat "$to.stdout"
cat "$to.stderr" >&2
exit "$(cat "$to.code")"
`,
  );
  chmodSync(join(dir, 'nmcli'), 0o755);
  env.PATH = `${dir}${delimiter}${path ?? ''}`;
  const standIn: NmcliStandIn = {
    answer(word, { code = 0, stdout = '', stderr = '' }) {
      write(`${word}.code`, String(code));
      write(`${word}.stdout`, stdout);
      write(`${word}.stderr`, stderr);
    },
    expectPassword: (password) => write('connect.password', password),
    asked(word) {
      const read = (what: string): string => readFileSync(join(dir, `${word}.${what}`), 'utf8');
      return { args: read('args').trimEnd().split('\n'), stdin: read('stdin'), locale: read('locale') };
    },
    remove() {
      env.PATH = path;
      rmSync(dir, { recursive: true });
    },
  };
  for (const word of ['list', 'connect'] as const) standIn.answer(word, {});
  return standIn;
}
