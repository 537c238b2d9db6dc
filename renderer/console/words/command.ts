import type { CommandView, RemoteOrder, ScreenView } from '../../../src/contract/index.ts';

/** What was asked of a screen, as its button says it. */
export function orderWords(order: RemoteOrder): string {
  switch (order.kind) {
    case 'screenshot':
      return 'Take a picture';
    case 'identify':
      return 'Show its name';
    case 'reload':
      return 'Load the stage page again';
    case 'restart':
      return 'Restart the player';
    case 'display':
      return order.power === 'on' ? 'Switch the display on' : 'Switch the display off';
    case 'brightness':
      return `Set the brightness to ${String(order.percent)} %`;
  }
}

/** What came of it. @param contact a screen that is away may come back in time */
export function outcomeWords({ state, message }: Pick<CommandView, 'state' | 'message'>, contact: ScreenView['contact']): string {
  switch (state) {
    case 'waiting':
      return contact === 'offline' ? 'Waiting for the screen, which is offline' : 'Sent, no answer yet';
    case 'expired':
      return 'Expired: no answer within five minutes';
    case 'done':
      return 'Carried out';
    case 'failed':
      return `Not carried out: ${message === '' ? 'the screen did not say why' : message}`;
  }
}
