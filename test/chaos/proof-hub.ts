// A hub in a process of its own, for proof-chaos.ts to kill. Arguments: data folder, port. Prints its pairing code.
import { openHub, serveHub } from '../../src/hub/index.ts';

const [dataDir = '', port = '0'] = process.argv.slice(2);
const hub = await openHub({ dataDir, clock: Date.now, pagesDir: dataDir, notice: (line) => process.stdout.write(`notice ${line}\n`) });
const served = await serveHub(hub, { host: '127.0.0.1', port: Number(port) });
const { code } = await hub.createPairingCode();
process.stdout.write(`listening ${served.port} ${code}\n`);
