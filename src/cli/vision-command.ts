import { resolve } from 'node:path';
import { Command } from 'commander';
import { calibrationSchema, demographicCalibrationSchema, LitfassError, type VisionSettings } from '../contract/index.ts';
import { readJsonFile } from './json-file.ts';
import { existingFile, projectDir, writableReport } from './options.ts';
import { backendOption } from './player-options.ts';
import { say, stopSignal } from './terminal.ts';

interface VisionCommandOptions {
  report?: string;
  record?: string;
  calibration?: string;
  demographics?: string;
  backend: VisionSettings['backend'];
}

export function visionCommand(): Command {
  return new Command('vision')
    .description('run the vision page over a whole clip and say who was there')
    .argument('<clip>', 'video file (mp4, webm)')
    .option('--report <file>', 'write visits, footfall, opportunities, watchers and the floor to a JSON file')
    .option('--record <file>', 'write what was seen, numbers only, to replay it later')
    .option('--calibration <file>', 'where the camera of the clip stood (calibration.json), for distances, shelves and the floor')
    .option('--demographics <file>', 'how the age and gender net errs (demographics.json)')
    .addOption(backendOption())
    .action(runVisionCommand);
}

async function runVisionCommand(clip: string, options: VisionCommandOptions): Promise<void> {
  const calibration = options.calibration === undefined ? undefined : await readJsonFile(existingFile(options.calibration, 'a calibration.json'), calibrationSchema, 'a calibration');
  const demographics = options.demographics === undefined ? undefined : await readJsonFile(existingFile(options.demographics, 'a demographics.json'), demographicCalibrationSchema, 'a measurement of the age and gender net');
  const { findHeadlessBrowser, openPage } = await import('../shells/index.ts');
  const { runVisionClip } = await import('./vision.ts');
  const browser = await findHeadlessBrowser();
  if (browser === null) throw new LitfassError('no-browser', 'there is no Chromium to run the vision page in: install Chromium, Chrome or Edge, or name one in LITFASS_CHROMIUM.');
  const report = await runVisionClip({
    clip: existingFile(clip, 'an mp4 or webm file'),
    ...(options.report === undefined ? {} : { report: writableReport(options.report) }),
    ...(options.record === undefined ? {} : { record: resolve(options.record) }),
    ...(calibration === undefined ? {} : { calibration }),
    ...(demographics === undefined ? {} : { demographics }),
    backend: options.backend,
    projectDir,
    openPage: (url, onProblem) => openPage({ browser, url, window: 'headless', onProblem: (_what, message) => onProblem(message) }),
    signal: stopSignal(),
  });
  say(`${report.frames} pictures at ${report.analysedFps} a second: ${report.footfall} visits, ${report.opportunities} could see, ${report.watchers} watched`);
}
