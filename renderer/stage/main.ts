// The page that shoppers see. It does what the player says and reports what was really presented; it decides nothing.
import { followCommands } from './command-stream.ts';
import { EventOutbox } from './event-outbox.ts';
import { Slots } from './slots.ts';

const HEARTBEAT_MS = 500;

const stage = document.querySelector<HTMLElement>('#stage');
const waiting = document.querySelector<HTMLElement>('#waiting');
if (stage === null || waiting === null) throw new Error('stage/index.html lacks #stage or #waiting');

// The address says which life of the page this is; the player knows it by that.
const outbox = new EventOutbox(`events${location.search}`);
const slots = new Slots(stage, (...events) => {
  if (events.some(({ type }) => type === 'shown')) waiting.hidden = true;
  outbox.post(...events);
});

setInterval(() => outbox.post(slots.heartbeat()), HEARTBEAT_MS);

await followCommands(
  `commands${location.search}`,
  () => outbox.post({ type: 'loaded' }),
  (command) => {
    switch (command.type) {
      case 'prepare':
        slots.prepare(command);
        return;
      case 'show':
        void slots.show(command.playId, command.transition);
        return;
      case 'retire':
        slots.retire(command.playId);
        return;
      case 'layout':
      case 'ping':
        return;
    }
  },
);
