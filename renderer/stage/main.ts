// The page that shoppers see. It does what the player says and reports what was really presented; it decides nothing.
import { followCommands } from './command-stream.ts';
import { EventOutbox } from './event-outbox.ts';
import { openNeverStill } from './never-still.ts';
import { Stage } from './stage.ts';

const HEARTBEAT_MS = 500;

const element = document.querySelector<HTMLElement>('#stage');
const waiting = document.querySelector<HTMLElement>('#waiting');
if (element === null || waiting === null) throw new Error('stage/index.html lacks #stage or #waiting');

// The address says which life of the page this is; the player knows it by that.
const outbox = new EventOutbox(`events${location.search}`);
const stage = new Stage({ picture: document.body, stage: element, waiting, report: (...events) => outbox.post(...events) });

const neverStill = openNeverStill(document.body);

setInterval(() => {
  neverStill.move();
  outbox.post(...stage.heartbeats());
}, HEARTBEAT_MS);

await followCommands(`commands${location.search}`, () => outbox.post({ type: 'loaded' }), (command) => stage.obey(command));
