// The `litfass` command: one subcommand a file, each reads its options, does its work, and ends with 0 or 1. The rooms are
// loaded only when a command runs: help and a mistyped option need none of them.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { calibrateCommand } from './calibrate.ts';
import { doctorCommand } from './doctor/command.ts';
import { hubCommand } from './hub.ts';
import { projectDir } from './options.ts';
import { playerCommand } from './player.ts';
import { scoreCommand } from './score.ts';
import { startCommand } from './start.ts';
import { explain } from './terminal.ts';
import { trackCommand } from './track.ts';
import { verifyCommand } from './verify.ts';
import { visionCommand } from './vision-command.ts';

const { version } = JSON.parse(readFileSync(`${projectDir}package.json`, 'utf8')) as { version: string };

const program = new Command('litfass')
  .description('In-store digital signage that knows its audience and forgets it.')
  .version(version)
  .showHelpAfterError('(npx litfass --help lists what there is)')
  .addCommand(startCommand(version))
  .addCommand(playerCommand(version))
  .addCommand(hubCommand())
  .addCommand(calibrateCommand())
  .addCommand(doctorCommand(version))
  .addCommand(visionCommand())
  .addCommand(trackCommand())
  .addCommand(scoreCommand())
  .addCommand(verifyCommand());
for (const command of program.commands) command.showHelpAfterError(`(npx litfass ${command.name()} --help lists what there is)`);

try {
  // Said, because in a package this Node is Electron, whose own programs have no file in front of their arguments.
  await program.parseAsync(process.argv, { from: 'node' });
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
// A browser or a stream that does not let go must not keep a finished command alive.
process.exit();
