import { ContentFailure } from './content.ts';

/**
 * Why a media element cannot play, in words.
 *
 * @param what it is to the one who reads it: `video`
 * @param remedy what can be played: `encode it as …`
 */
export function mediaFailure({ error }: HTMLMediaElement, what: string, mediaType: string, remedy: string): ContentFailure {
  const { code, message = 'unknown error' } = error ?? {};
  if (message.includes('NO_SUPPORTED_STREAMS')) return new ContentFailure('unsupported', `this browser has no decoder for the ${what} in this ${mediaType}: ${remedy}`);
  return new ContentFailure(code === MediaError.MEDIA_ERR_NETWORK ? 'load' : 'decode', `the ${what} cannot be played as ${mediaType}: ${message}`);
}
