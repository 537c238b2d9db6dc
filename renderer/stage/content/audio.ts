import { ContentFailure, type Content, type ContentEvents, type Prepare } from './content.ts';
import { drawAudioCard } from './audio-card.ts';
import { FrameCounter } from './frame-counter.ts';
import { fadeOut, setLoudness } from './loudness.ts';
import { mediaFailure } from './media-failure.ts';

/**
 * Sound, with a calm card for the eye, so that its zone is never blank. A frame of the card counts only while the sound moves
 * on: what stands still is stalled, however well the card is drawn.
 */
export function audioContent(prepare: Prepare, events: ContentEvents): Content {
  const element = drawAudioCard(prepare.name);
  const sound = new Audio();
  sound.preload = 'auto';
  setLoudness(sound, prepare.presentation);
  element.append(sound);
  let heardS = 0;
  let isShown = false;
  const counter = new FrameCounter(() => {
    const movedOn = sound.currentTime > heardS;
    heardS = sound.currentTime;
    return movedOn;
  });
  const failure = (): ContentFailure => mediaFailure(sound, 'sound', prepare.mediaType, 'encode it as MP3, AAC, Opus, FLAC or WAV');

  return {
    element,
    prepare() {
      return new Promise((resolve, reject) => {
        if (sound.canPlayType(prepare.mediaType) === '') {
          reject(new ContentFailure('unsupported', `this browser has no decoder for ${prepare.mediaType}`));
          return;
        }
        sound.addEventListener('canplay', () => resolve(), { once: true });
        sound.addEventListener('ended', () => (isShown ? events.ended() : undefined));
        sound.addEventListener('error', () => {
          reject(failure());
          if (isShown) events.failed(failure());
        });
        sound.src = prepare.url;
      });
    },
    async show() {
      isShown = true;
      await sound.play().catch((error: unknown) => {
        throw new ContentFailure('unsupported', `the browser does not let it be heard: ${String(error)}`);
      });
      element.classList.add('sounding');
      await counter.start();
    },
    leave: (ms) => fadeOut(sound.volume, ms, (volume) => void (sound.volume = volume)),
    presentedFrames: () => counter.frames,
    release() {
      isShown = false;
      counter.stop();
      sound.pause();
      sound.removeAttribute('src');
      sound.load();
    },
  };
}
