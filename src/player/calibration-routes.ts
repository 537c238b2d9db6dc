import { join } from 'node:path';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { calibrationSchema, describeIssues, LitfassError, type CalibrationSettings } from '../contract/index.ts';
import { CALIBRATION_FILE, readCalibration, writeCalibration } from './calibration-files.ts';
import { problemResponse } from './file-response.ts';
import { fileAs, mountedPage, pageAsset } from './page-files.ts';

export interface CalibrationRoutesOptions {
  /** Holds `calibration.json`. */
  readonly dataDir: string;
  /** Folder of the checkout or package: holds the built page. */
  readonly projectDir: string;
  /** In which picture the installer draws. */
  readonly source: { readonly kind: 'camera'; readonly label?: string } | { readonly kind: 'clip'; readonly file: string };
}

/** The largest that the schema allows is about half of it. */
const BODY_LIMIT_BYTES = 64 * 1024;

/**
 * The calibration page's own little site: its files, and the one place where a calibration comes in. Mount it at
 * `/calibration`. The content policy lets the page reach nothing but this site, and this site takes nothing but numbers that
 * fit the schema: no picture has a way out.
 */
export function calibrationRoutes({ dataDir, projectDir, source }: CalibrationRoutesOptions): Hono {
  const pagesDir = join(projectDir, 'dist/renderer/calibration');
  const app = new Hono();

  app.use(async (context, next) => {
    await next();
    context.header('Cross-Origin-Opener-Policy', 'same-origin');
    context.header('Cross-Origin-Resource-Policy', 'same-origin');
    context.header('X-Content-Type-Options', 'nosniff');
    // The address may hold the secret that lets one in.
    context.header('Referrer-Policy', 'no-referrer');
    context.header('Content-Security-Policy', "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self' data:; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  });

  app.get('/assets/:name', (context) => pageAsset(context, pagesDir));
  app.get('/settings', (context) => {
    const settings: CalibrationSettings = { source: source.kind === 'clip' ? { kind: 'clip', url: 'clip' } : source };
    return context.json(settings, 200, { 'Cache-Control': 'no-store' });
  });
  app.get('/clip', (context) => (source.kind === 'clip' ? fileAs(context, source.file) : problemResponse(404, 'clip-missing', 'No clip was given.')));

  app.get(`/${CALIBRATION_FILE}`, async (context) => {
    context.header('Cache-Control', 'no-store');
    try {
      const calibration = await readCalibration(dataDir);
      return calibration === null ? context.body(null, 204) : context.json(calibration);
    } catch (error) {
      return refusal(error, 409);
    }
  });

  app.put(`/${CALIBRATION_FILE}`, bodyLimit({ maxSize: BODY_LIMIT_BYTES, onError: () => problemResponse(413, 'calibration-too-large', `A calibration may have ${BODY_LIMIT_BYTES / 1024} kB.`) }), async (context) => {
    const body: unknown = await context.req.json().catch(() => undefined);
    const calibration = calibrationSchema.safeParse(body);
    if (!calibration.success) return problemResponse(400, 'calibration-invalid', `The calibration does not fit its schema: ${describeIssues(calibration.error)}`);
    try {
      await writeCalibration(dataDir, calibration.data);
    } catch (error) {
      return refusal(error, 422);
    }
    return context.body(null, 204);
  });

  app.get('/*', (context) => mountedPage(context, pagesDir));
  return app;
}

function refusal(error: unknown, status: number): Response {
  if (!(error instanceof LitfassError)) throw error;
  return problemResponse(error.code.startsWith('data-folder') ? 507 : status, error.code, error.message);
}
