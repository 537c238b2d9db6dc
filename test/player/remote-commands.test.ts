import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { COMMAND_LIFE_MS, commandText, type CommandOutcome, type RemoteCommand, type SignedCommand } from '../../src/contract/index.ts';
import { openRemoteCommands } from '../../src/player/remote-commands.ts';

const NOW = Date.UTC(2026, 4, 4);
const hubKeys = generateKeyPairSync('ed25519');
const hubPublicKey = hubKeys.publicKey.export({ format: 'der', type: 'spki' }).subarray(12).toString('base64');

function command(over: Partial<RemoteCommand> = {}): RemoteCommand {
  return { v: 1, id: randomUUID(), screenId: 'shelf', issuedMs: NOW, expiresMs: NOW + COMMAND_LIFE_MS, order: { kind: 'reload' }, ...over };
}

function signed(of: RemoteCommand, key = hubKeys.privateKey): SignedCommand {
  const text = JSON.stringify(of);
  return { command: text, signature: sign(null, Buffer.from(commandText(text)), key).toString('base64') };
}

function rig(dir = mkdtempSync(join(tmpdir(), 'litfass-commands-')), fails = false) {
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const did: string[] = [];
  const outcomes: CommandOutcome[] = [];
  const troubles: string[] = [];
  const clock = { nowMs: NOW };
  const commands = openRemoteCommands({
    dataDir: dir,
    screenId: 'shelf',
    hubPublicKey,
    hubNowMs: () => clock.nowMs,
    hands: (order) => (fails ? Promise.reject(new Error('there is no such program')) : Promise.resolve(did.push(order.kind)).then(() => ({}))),
    settle: (_id, outcome) => Promise.resolve(void outcomes.push(outcome)),
    onTrouble: ({ code }) => troubles.push(code),
  });
  return { dir, did, outcomes, troubles, clock, take: (...given: SignedCommand[]) => commands.take(given) };
}

describe('remote commands', () => {
  it('are carried out in their order and answered', async () => {
    const { did, outcomes, take } = rig();
    await take(signed(command()), signed(command({ order: { kind: 'identify' } })));
    expect(did).toEqual(['reload', 'identify']);
    expect(outcomes).toEqual([{ state: 'done', message: '' }, { state: 'done', message: '' }]);
  });

  it('are carried out once, also by the next life of the player', async () => {
    const restart = signed(command({ order: { kind: 'restart' } }));
    const first = rig();
    await first.take(restart, restart);
    await first.take(restart);
    expect(first.did).toEqual(['restart']);
    const next = rig(first.dir);
    await next.take(restart);
    expect([next.did, next.troubles]).toEqual([[], []]);
  });

  it('are refused when another key signed them, when they were changed, or when they are for another screen', async () => {
    const { did, troubles, take } = rig();
    const good = signed(command());
    await take(signed(command(), generateKeyPairSync('ed25519').privateKey), { ...good, command: good.command.replace('reload', 'restart') }, signed(command({ screenId: 'counter' })));
    expect([did, troubles]).toEqual([[], ['command-signature', 'command-signature', 'command-invalid']]);
  });

  it('do nothing when they are late, come from the future, or claim to live long', async () => {
    const { did, troubles, clock, take } = rig();
    const late = signed(command());
    clock.nowMs += COMMAND_LIFE_MS;
    await take(late, signed(command({ issuedMs: NOW + 2 * COMMAND_LIFE_MS, expiresMs: NOW + 3 * COMMAND_LIFE_MS })), signed(command({ expiresMs: NOW + 86_400_000 })));
    expect([did, troubles]).toEqual([[], ['command-invalid']]);
  });

  it('say why they failed', async () => {
    const { outcomes, take } = rig(undefined, true);
    await take(signed(command()));
    expect(outcomes).toEqual([{ state: 'failed', message: 'there is no such program' }]);
  });
});
