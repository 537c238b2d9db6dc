import { describe, expect, it } from 'vitest';
import { orderWords, outcomeWords } from '../../../renderer/console/words/command.ts';

describe('what was asked of a screen, in words', () => {
  it('names what is meant, with its number', () => {
    expect(orderWords({ kind: 'display', power: 'off' })).toBe('Switch the display off');
    expect(orderWords({ kind: 'brightness', percent: 40 })).toBe('Set the brightness to 40 %');
  });

  it.each([
    ['Sent, no answer yet', 'waiting', '', 'online'],
    ['Waiting for the screen, which is offline', 'waiting', '', 'offline'],
    ['Expired: no answer within five minutes', 'expired', '', 'online'],
    ['Carried out', 'done', '', 'offline'],
    ['Not carried out: there is no such program', 'failed', 'there is no such program', 'online'],
    ['Not carried out: the screen did not say why', 'failed', '', 'online'],
  ] as const)('%s', (words, state, message, contact) => {
    expect(outcomeWords({ state, message }, contact)).toBe(words);
  });
});
