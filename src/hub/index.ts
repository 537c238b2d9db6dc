// The hub: the central server. Screens enrol here, send what they showed and fetch what to show; people see it in the console.
// http/ speaks to the network, services/ hold the rules, repositories/ are the only place that knows SQL and files.
export { examineHub } from './repositories/examine.ts';
export { type Hub, type HubOptions, openHub, type ProgrammeListener } from './hub.ts';
export { serveHub, type ServedHub, type ServeOptions } from './http/serve.ts';
