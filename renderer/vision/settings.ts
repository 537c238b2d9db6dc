import { visionSettingsSchema, type VisionSettings } from '../../src/contract/index.ts';

/**
 * What the player wants measured now. `null`: nothing may be sensed (the player answers 204).
 *
 * @throws Error when the player cannot be reached or says something that is no settings.
 */
export async function fetchSettings(url: string): Promise<VisionSettings | null> {
  const response = await fetch(url, { cache: 'no-store' });
  if (response.status === 204) return null;
  if (!response.ok) throw new Error(`GET ${url} answered ${response.status}`);
  return visionSettingsSchema.parse(await response.json());
}
