import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';

/** What a figure depends on besides the code. */
export interface Machine {
  readonly measured: string;
  readonly name: string;
  readonly versions: string;
  readonly load: string;
}

/** @param browserVersion as the browser says it; @param projectDir the checkout, whose commit is named */
export function describeMachine(browserVersion: string, projectDir: string): Machine {
  const { version, dependencies } = JSON.parse(readFileSync(join(projectDir, 'package.json'), 'utf8')) as { version: string; dependencies: Record<string, string> };
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: projectDir, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--', 'src', 'renderer', 'test') === '' ? '' : ' and changes that were not committed';
  const [cpu] = cpus();
  return {
    measured: `${new Date().toISOString().slice(0, 10)}, commit ${git('rev-parse', '--short', 'HEAD')}${changed}`,
    name: `${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}, no graphics card`,
    versions: `Litfass ${version}, Node ${process.versions.node}, ${browserVersion}, @vladmandic/human ${dependencies['@vladmandic/human'] ?? ''}`,
    load: loadavg().map((load) => load.toFixed(1)).join(', '),
  };
}
