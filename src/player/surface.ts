import { join } from 'node:path';
import { Hono } from 'hono';
import type { StageRole } from '../playback/index.ts';
import { calibrationRoutes } from './calibration-routes.ts';
import { mediaRoutes, type MediaRoutesOptions } from './media-routes.ts';
import type { Player } from './player.ts';
import type { AudienceSource } from './sensors.ts';
import { stageRoutes, type StageRoutesOptions } from './stage-routes.ts';
import { visionAssets, visionRoutes, type VisionRoutesOptions } from './vision-routes.ts';

export interface SurfaceParts {
  readonly dataDir: string;
  readonly projectDir: string;
  readonly source: AudienceSource;
  readonly stage: Pick<StageRoutesOptions, 'link' | 'onEvents'>;
  readonly media: MediaRoutesOptions;
  readonly vision: Pick<VisionRoutesOptions, 'settings' | 'onReport'>;
}

/** The player's pages, and what they read and write: all that a shell can reach of it. */
export function openSurface({ dataDir, projectDir, source, stage, media, vision }: SurfaceParts): Player['fetch'] {
  const app = new Hono<{ Bindings: { role: StageRole } }>();
  app.get('/', (context) => context.redirect('/stage/'));
  app.route('/stage/', stageRoutes({ pagesDir: join(projectDir, 'dist/renderer/stage'), ...stage }));
  app.route('/media/', mediaRoutes(media));
  // A looker-on must not be able to tell the screen who stands before it, or where its camera stands.
  for (const path of ['/vision/*', '/calibration/*']) app.use(path, async (context, next) => (context.env.role === 'screen' ? next() : context.notFound()));
  app.route('/vision', visionRoutes({ ...visionAssets(projectDir), ...vision, ...(source.kind === 'clip' ? { clipFile: source.file } : {}) }));
  if (source.kind === 'camera' || source.kind === 'clip') app.route('/calibration', calibrationRoutes({ dataDir, projectDir, source }));
  return (request, as) => app.fetch(request, as);
}
