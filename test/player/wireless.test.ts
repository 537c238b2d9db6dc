import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { problemSchema, wirelessSchema } from '../../src/contract/index.ts';
import { wirelessRoutes } from '../../src/player/wireless-routes.ts';
import { parseNetworks } from '../../src/player/wireless.ts';
import { standInForNmcli, type NmcliStandIn } from '../nmcli-stand-in.ts';

const PASSWORD = "it's a: \\secret $(id)";

describe.skipIf(process.platform === 'win32')('wireless networks', () => {
  let nmcli: NmcliStandIn;
  beforeEach(() => (nmcli = standInForNmcli(process.env)));
  afterEach(() => nmcli.remove());

  const ask = (init?: RequestInit, role: 'screen' | 'view' = 'screen') => wirelessRoutes().request('/', init, { role });
  const joinIt = (body: unknown, role: 'screen' | 'view' = 'screen') => ask({ method: 'POST', body: JSON.stringify(body) }, role);

  it('are listed once each, the strongest first, with their protection', async () => {
    nmcli.answer('list', { stdout: ' :Shop:40:WPA2\n :Shop:71:WPA1 WPA2\n :Caf\\: \\\\o/:90:\n*:Office:55:WPA2 802.1X\n ::88:WPA2\n' });
    expect(wirelessSchema.parse(await (await ask()).json())).toEqual({
      problem: null,
      networks: [
        { ssid: 'Office', signalPercent: 55, protection: 'enterprise', inUse: true },
        { ssid: 'Caf: \\o/', signalPercent: 90, protection: 'open', inUse: false },
        { ssid: 'Shop', signalPercent: 71, protection: 'password', inUse: false },
      ],
    });
    expect(nmcli.asked('list')).toEqual({ args: ['--terse', '--fields', 'IN-USE,SSID,SIGNAL,SECURITY', 'device', 'wifi', 'list'], stdin: '', locale: 'C' });
  });

  it('are joined with a password that goes over a pipe, and stands in no argument', async () => {
    nmcli.expectPassword(PASSWORD);
    expect((await joinIt({ ssid: 'Shop', password: PASSWORD })).status).toBe(204);
    expect(nmcli.asked('connect')).toEqual({ args: ['--ask', '--wait', '60', 'device', 'wifi', 'connect', 'Shop'], stdin: `${PASSWORD}\n`, locale: 'C' });
  });

  it('without a password are joined without one', async () => {
    expect((await joinIt({ ssid: 'Café', password: null })).status).toBe(204);
    expect(nmcli.asked('connect')).toMatchObject({ args: ['--wait', '60', 'device', 'wifi', 'connect', 'Café'], stdin: '' });
  });

  it.each([
    ['a password that is wrong', { code: 4, stderr: 'Error: Connection activation failed: Secrets were required, but not provided.\n' }, 'wireless-password', /does not take this password/],
    ['one that is too short', { code: 2, stderr: "Error: Failed to add/activate new connection: 802-11-wireless-security.psk: property is invalid\n" }, 'wireless-password', /letter by letter/],
    ['a network that is out of reach', { code: 10, stderr: "Error: No network with SSID 'Shop' found.\n" }, 'wireless-out-of-reach', /out of reach now/],
    ['a user who may not', { code: 4, stderr: 'Error: Failed to add/activate new connection: Not authorized to control networking.\n' }, 'wireless-not-allowed', /sudo nmcli --ask device wifi connect 'Shop'$/],
    ['a service that is not running', { code: 8, stderr: 'Error: NetworkManager is not running.\n' }, 'wireless-unmanaged', /systemctl enable --now NetworkManager/],
    ['a router that does not answer', { code: 3, stderr: 'Error: Timeout expired (60 seconds)\n' }, 'wireless-failed', /no answer in time/],
    ['whatever else, in the words of nmcli', { code: 4, stderr: 'Error: Connection activation failed: IP configuration could not be reserved.\n' }, 'wireless-failed', /IP configuration could not be reserved/],
  ])('say what to do about %s, and never the password', async (_what, ended, code, words) => {
    nmcli.answer('connect', { ...ended, stdout: `Password: ${PASSWORD}\n` });
    const answer = await joinIt({ ssid: 'Shop', password: PASSWORD });
    expect(answer.status).toBe(422);
    const problem = problemSchema.parse(await answer.json());
    expect(problem).toMatchObject({ code, message: expect.stringMatching(words) as unknown });
    expect(problem.message).not.toContain('secret');
  });

  it('are nobody’s who only looks on', async () => {
    expect([(await ask({}, 'view')).status, (await joinIt({ ssid: 'Shop', password: PASSWORD }, 'view')).status]).toEqual([403, 403]);
    expect(() => nmcli.asked('connect')).toThrow('ENOENT');
  });

  it('take no line breaks, with which one could say more than a name and a password', async () => {
    for (const body of [{ ssid: 'Shop\nx', password: null }, { ssid: 'Shop', password: 'a\nb' }, { ssid: '', password: null }, { ssid: 'Shop' }, { ssid: 'Shop', password: null, more: 1 }]) expect((await joinIt(body)).status, JSON.stringify(body)).toBe(400);
    expect(() => nmcli.asked('connect')).toThrow('ENOENT');
  });

  it('are left to the system where there is no NetworkManager, and it is said how', async () => {
    const { PATH } = process.env;
    const empty = mkdtempSync(join(tmpdir(), 'litfass-no-nmcli-'));
    onTestFinished(() => rmSync(empty, { recursive: true }));
    process.env.PATH = empty;
    try {
      expect(wirelessSchema.parse(await (await ask()).json())).toEqual({ networks: [], problem: expect.stringMatching(/^This machine has no NetworkManager.*Plug in the cable/) as unknown });
      expect(await (await joinIt({ ssid: 'Shop', password: null })).json()).toMatchObject({ code: 'wireless-unmanaged' });
    } finally {
      process.env.PATH = PATH;
    }
  });

  it('of lines that are none there are none', () => {
    expect(parseNetworks('\n:::\nnonsense\n*:Shop:many:WPA2\n')).toEqual([]);
  });
});
