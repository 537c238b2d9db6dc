import { LitfassError, type RemoteOrder } from '../contract/index.ts';
import type { DisplayControl } from './display-control.ts';
import type { CommandHands } from './remote-commands.ts';

/** What only the shell can do with the page that it shows. */
export interface StageHands {
  reload(why: string): void;
  /** A small picture of the stage, JPEG in base64. */
  picture(): Promise<string>;
  /** Lays this text over the stage for a while. */
  label(text: string): Promise<unknown>;
}

export interface AllHands {
  readonly stage: () => StageHands | null;
  readonly restart: () => void;
  readonly display: DisplayControl;
  /** What people call this screen, and what its time rests on. */
  readonly label: () => string;
}

/** Gives each order to whoever can carry it out. */
export function commandHands({ stage, restart, display, label }: AllHands): CommandHands {
  function ofStage(): StageHands {
    const hands = stage();
    if (hands === null) throw new LitfassError('no-stage', 'the stage is not open yet; try again in a moment.');
    return hands;
  }

  return async (order: RemoteOrder) => {
    switch (order.kind) {
      case 'reload':
        ofStage().reload('the hub asked for it');
        return {};
      case 'restart':
        restart();
        return {};
      case 'screenshot':
        return { picture: await ofStage().picture() };
      case 'identify':
        await ofStage().label(label());
        return {};
      case 'display':
        await display.switch(order.power);
        return {};
      case 'brightness':
        await display.setBrightness(order.percent);
        return {};
    }
  };
}
