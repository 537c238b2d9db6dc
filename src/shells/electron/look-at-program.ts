import type * as Electron from 'electron';
import { z } from 'zod';
import { browserSightSchema, describeIssues, type ProgramSight } from '../../contract/index.ts';
import { LOOK_AROUND } from '../look-around.ts';

const ADDRESS = 'litfass://player/doctor/';
/** A graphics process that hangs answers nothing; the doctor has other things to say. */
const ANSWER_MS = 20_000;

export type SeeingElectron = Pick<typeof Electron, 'app' | 'BrowserWindow' | 'protocol'>;

/** As documented for `basic`; Chromium tells more. */
const gpuInfoSchema = z.object({ gpuDevice: z.array(z.object({ vendorId: z.int(), deviceId: z.int(), active: z.boolean() })) });

/**
 * What this very program can do, and not another browser of the machine: how it draws, and which videos it plays, asked of a page
 * in a window that is never shown. Electron must be ready, and the scheme registered: what a page may ask depends on its origin.
 */
export async function lookAtProgram({ app, BrowserWindow, protocol }: SeeingElectron, electron: string): Promise<ProgramSight> {
  protocol.handle('litfass', () => new Response('<!doctype html><title>Litfass looks around</title>', { headers: { 'Content-Type': 'text/html' } }));
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false } });
  try {
    const asked = window.loadURL(ADDRESS).then(() => window.webContents.executeJavaScript(LOOK_AROUND) as Promise<unknown>);
    const browser = await inTime(asked).then(sightOf, (error: unknown) => ({ failed: (error instanceof Error ? error.message : String(error)).slice(0, 300) }));
    // Chromium knows its graphics only once it has drawn a page.
    const features = Object.fromEntries(Object.entries(app.getGPUFeatureStatus()).map(([name, how]) => [name, String(how)]));
    const info = gpuInfoSchema.safeParse(await inTime(app.getGPUInfo('basic')).catch(() => null));
    return { electron, browser, features, gpus: info.success ? info.data.gpuDevice : [] };
  } finally {
    window.destroy();
    protocol.unhandle('litfass');
  }
}

function sightOf(answer: unknown): ProgramSight['browser'] {
  const seen = browserSightSchema.safeParse(answer);
  return seen.success ? seen.data : { failed: `its page answered something else: ${describeIssues(seen.error)}`.slice(0, 300) };
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ANSWER_MS / 1_000} s`)), ANSWER_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
