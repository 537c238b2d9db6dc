import { resolve } from 'node:path';
import { Command } from 'commander';
import { LitfassError, type VisionSettings } from '../contract/index.ts';
import { existingFile, projectDir, writableReport } from './options.ts';
import { backendOption } from './player-options.ts';
import { say, stopSignal } from './terminal.ts';

interface VisionCommandOptions {
  report?: string;
  record?: string;
  backend: VisionSettings['backend'];
}

export function visionCommand(): Command {
  return new Command('vision')
    .description('run the vision page over a whole clip and say who was there')
    .argument('<clip>', 'video file (mp4, webm)')
    .option('--report <file>', 'write frames, visits, footfall and watchers to a JSON file')
    .option('--record <file>', 'write what was seen, numbers only, to replay it later')
    .addOption(backendOption())
    .action(runVisionCommand);
}

async function runVisionCommand(clip: string, options: VisionCommandOptions): Promise<void> {
  const { findHeadlessBrowser, openPage } = await import('../shells/index.ts');
  const { runVisionClip } = await import('./vision.ts');
  const browser = await findHeadlessBrowser();
  if (browser === null) throw new LitfassError('no-browser', 'there is no Chromium to run the vision page in: install Chromium, Chrome or Edge, or name one in LITFASS_CHROMIUM.');
  const report = await runVisionClip({
    clip: existingFile(clip, 'an mp4 or webm file'),
    ...(options.report === undefined ? {} : { report: writableReport(options.report) }),
    ...(options.record === undefined ? {} : { record: resolve(options.record) }),
    backend: options.backend,
    projectDir,
    openPage: (url, onProblem) => openPage({ browser, url, window: 'headless', onProblem: (_what, message) => onProblem(message) }),
    signal: stopSignal(),
  });
  say(`${report.frames} pictures at ${report.analysedFps} a second: ${report.footfall} visits, ${report.watchers} watched`);
}
