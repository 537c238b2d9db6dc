import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createServiceNotice } from '../../../src/shells/supervision/service-notice.ts';

/** What systemd would hear: a real datagram socket, which Node has none of, read by Python. */
const LISTEN = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print('listening', flush=True)
while True: print(s.recv(4096).decode().strip(), flush=True)
`;

const has = (program: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
};
const missing = ['systemd-notify', 'python3'].filter((program) => !has(program));

async function systemd() {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-notify-'));
  const socket = join(dir, 'notify');
  const heard: string[] = [];
  const listener = spawn('python3', ['-c', LISTEN, socket]);
  onTestFinished(() => {
    listener.kill();
    rmSync(dir, { recursive: true });
  });
  listener.stdout.on('data', (chunk: Buffer) => heard.push(...chunk.toString().trim().split('\n')));
  await expect.poll(() => heard, { timeout: 10_000 }).toContain('listening');
  return { socket, heard };
}

it.skipIf(missing.length > 0)(`reaches a real notify socket (needs systemd-notify and python3; missing: ${missing.join(', ') || 'none'})`, async () => {
  const { socket, heard } = await systemd();
  process.env.NOTIFY_SOCKET = socket;
  onTestFinished(() => {
    delete process.env.NOTIFY_SOCKET;
  });
  let nowMs = 0;
  const notice = createServiceNotice({ env: { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '90000000' }, nowMs: () => nowMs, say: (line) => expect.unreachable(line) });
  notice.ready();
  await expect.poll(() => heard, { timeout: 10_000 }).toContain('READY=1');
  notice.presenting();
  await expect.poll(() => heard, { timeout: 10_000 }).toContain('WATCHDOG=1');
  nowMs = 31_000;
  notice.stopping();
  await expect.poll(() => heard, { timeout: 10_000 }).toContain('STOPPING=1');
});

function told(env: NodeJS.ProcessEnv) {
  const states: string[] = [];
  const clock = { nowMs: 0 };
  const notice = createServiceNotice({ env, nowMs: () => clock.nowMs, say: () => undefined, send: (state) => Promise.resolve(void states.push(state)) });
  return { states, clock, notice };
}

it('is ready once, and feeds the watchdog at a third of its limit, only while there are pictures', () => {
  const { states, clock, notice } = told({ NOTIFY_SOCKET: '/run/x', WATCHDOG_USEC: '90000000' });
  notice.ready();
  notice.ready();
  for (clock.nowMs = 0; clock.nowMs < 100_000; clock.nowMs += 500) notice.presenting();
  expect(states).toEqual(['READY=1', 'WATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1']);
});

it('says nothing where nobody listens, and feeds no watchdog that is not set', () => {
  const alone = told({});
  alone.notice.ready();
  alone.notice.presenting();
  expect(alone.states).toEqual([]);
  const unwatched = told({ NOTIFY_SOCKET: '/run/x' });
  unwatched.notice.presenting();
  expect(unwatched.states).toEqual([]);
});

it('says once that systemd cannot be told, and nothing of it once it is to end', async () => {
  const said: string[] = [];
  const create = (): ReturnType<typeof createServiceNotice> =>
    createServiceNotice({ env: { NOTIFY_SOCKET: '/run/x', WATCHDOG_USEC: '90000000' }, nowMs: () => 0, say: (line) => said.push(line), send: () => Promise.reject(new Error('spawn systemd-notify ENOENT')) });
  const ending = create();
  ending.stopping();
  ending.presenting();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(said).toEqual([]);

  const notice = create();
  notice.ready();
  notice.presenting();
  await new Promise((resolve) => setTimeout(resolve, 10));
  notice.stopping();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(said).toEqual([expect.stringContaining('spawn systemd-notify ENOENT')]);
});

it('stands in a unit that agrees with the player about exit statuses and the watchdog', () => {
  const unit = readFileSync(fileURLToPath(new URL('../../../build/systemd/litfass-player.service', import.meta.url)), 'utf8');
  for (const line of ['Type=notify', 'NotifyAccess=all', 'WatchdogSec=90', 'StartLimitIntervalSec=0', 'Restart=always', 'Environment=LITFASS_MAY_REBOOT=1']) expect(unit).toContain(`\n${line}\n`);
  const installed = readFileSync(fileURLToPath(new URL('../../../build/systemd/litfass.service', import.meta.url)), 'utf8');
  for (const line of ['Type=notify', 'NotifyAccess=all', 'WatchdogSec=90', 'StartLimitIntervalSec=0', 'Environment=LITFASS_MAY_REBOOT=1']) expect(installed).toContain(`\n${line}\n`);
  expect(installed).toMatch(/^ExecStopPost=.*"\$\$EXIT_STATUS" = 76.*systemctl --no-block reboot/m);
});
