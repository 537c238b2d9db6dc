import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { isKept, startAgain } from '../../src/shells/electron/come-back.ts';
import { openAppImage } from '../../src/shells/electron/installation.ts';

function shop(): { dir: string; image: string; loaded: string } {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-image-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const [image, loaded] = [join(dir, 'Litfass.AppImage'), join(dir, 'Litfass-1.1.0.AppImage')];
  writeFileSync(image, 'version 1.0.0');
  writeFileSync(loaded, 'version 1.1.0');
  return { dir, image, loaded };
}

it('puts a new version under the name of the old one, which stays beside it until the new one has shown something', async () => {
  const { dir, image, loaded } = shop();
  let restarts = 0;
  const installation = openAppImage(image, () => (restarts += 1));
  await installation.install(loaded);
  expect([readFileSync(image, 'utf8'), restarts]).toEqual(['version 1.1.0', 1]);
  expect(await installation.takeBack()).toBe(true);
  expect([readFileSync(image, 'utf8'), restarts]).toEqual(['version 1.0.0', 2]);
  expect(await installation.takeBack()).toBe(false);
  await installation.install(loaded);
  await installation.settle();
  expect(readdirSync(dir).toSorted()).toEqual(['Litfass-1.1.0.AppImage', 'Litfass.AppImage']);
});

it.skipIf(process.platform === 'win32')('leaves a whole program under that name at every moment', async () => {
  const { image, loaded } = shop();
  chmodSync(image, 0o755);
  const whole = { old: readFileSync(image).length, new: 4_000_000 };
  writeFileSync(loaded, Buffer.alloc(whole.new));
  const seen = new Set<string>();
  const rounds = { over: false };
  const looking = (async () => {
    while (!rounds.over) {
      const { size, mode } = statSync(image);
      seen.add(`${size} ${(mode & 0o777).toString(8)}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  const installation = openAppImage(image, () => undefined);
  for (let round = 0; round < 5; round += 1) {
    await installation.install(loaded);
    await installation.takeBack();
  }
  rounds.over = true;
  await looking;
  expect(seen).toEqual(new Set([`${whole.old} 755`, `${whole.new} 755`]));
});

it.skipIf(process.platform !== 'linux')('leaves the old version alone when the disk has no room for the new one', async () => {
  const { dir, image, loaded } = shop();
  symlinkSync('/dev/full', `${image}.next`);
  await expect(openAppImage(image, () => expect.fail('it has nothing to start anew')).install(loaded)).rejects.toThrow(/ENOSPC|EINVAL|ENOTSUP/);
  expect(readFileSync(image, 'utf8')).toBe('version 1.0.0');
  expect(existsSync(`${image}.next`)).toBe(false);
  mkdirSync(join(dir, 'gone'));
  await expect(openAppImage(join(dir, 'gone', 'Litfass.AppImage'), () => undefined).install(loaded)).rejects.toThrow(/ENOENT/);
});

it('knows whether somebody starts it again: a service that is this very process, not a desktop that is one', () => {
  expect(isKept({ env: { INVOCATION_ID: 'x', SYSTEMD_EXEC_PID: '70' }, pid: 70 })).toBe(true);
  expect(isKept({ env: { INVOCATION_ID: 'x', SYSTEMD_EXEC_PID: '12' }, pid: 70 })).toBe(false);
  expect(isKept({ env: { INVOCATION_ID: 'x' }, pid: 70 })).toBe(true);
  expect(isKept({ env: {}, pid: 70 })).toBe(false);
  expect(isKept({ env: {}, pid: 70, connected: true })).toBe(true);
});

it.skipIf(process.platform === 'win32')('starts an AppImage again when the program has ended, and not before, with lists that do not grow', async () => {
  const { dir, image } = shop();
  const out = join(dir, 'started');
  writeFileSync(image, `#!/bin/sh\nprintf '%s|%s|%s' "$PATH" "$LD_LIBRARY_PATH" "$APPDIR" >> '${out}'\n`);
  chmodSync(image, 0o755);
  const program = spawn(process.execPath, ['--eval', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => program.once('close', resolve));
  startAgain({ relaunch: () => expect.fail('its helper would run from the image') }, { env: { APPIMAGE: image, APPDIR: '/tmp/.mount_x', PATH: '/tmp/.mount_x:/tmp/.mount_x/usr/sbin:/usr/bin:/bin:/usr/bin', LD_LIBRARY_PATH: '/tmp/.mount_x/usr/lib' }, pid: program.pid ?? 0 });
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(existsSync(out)).toBe(false);
  program.kill();
  await ended;
  await expect.poll(() => existsSync(out) && readFileSync(out, 'utf8'), { timeout: 30_000 }).toBe('/usr/bin:/bin||');
});
