// A player in miniature, for tests that need a second process: logs one fault, says so, and keeps the log open.
import { openLog } from '../../src/impressions/index.ts';
import { newFault } from '../contract/builders.ts';

const [file = ''] = process.argv.slice(2);
const log = openLog({ file });
log.append(newFault());
process.stdout.write('open\n');
setInterval(() => log.size(), 60_000);
