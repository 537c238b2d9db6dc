import type { BackendMeasurement, Observation, VisionSettings } from '../../src/contract/index.ts';

/** A camera's pictures as they cross from the page into the worker. */
export type CameraPicture = VideoFrame | ImageBitmap;

/** From the page to its worker: how to begin, and then a picture for each that was asked for. */
export type PageMessage = StartMessage | PictureMessage;

export interface StartMessage {
  readonly type: 'start';
  readonly settings: VisionSettings;
  /** The page's folder, absolute, with a trailing slash: models, WebAssembly and clips lie under it. */
  readonly baseUrl: string;
  /** `performance.timeOrigin` of the page: the worker stamps pictures with the page's clock, which outlives the worker. */
  readonly timeOriginMs: number;
}

/** A picture of the camera, transferred. */
export interface PictureMessage {
  readonly type: 'picture';
  readonly image: CameraPicture;
  /** The page's monotonic clock when it came from the camera, ms. */
  readonly atMs: number;
}

/** Everything that leaves the worker. Numbers and words; the types have no room for a picture. */
export type WorkerMessage =
  /** The nets are loaded and have run once. */
  | { readonly type: 'ready'; readonly backend: string; readonly measurement: BackendMeasurement | null }
  /** The next picture of the camera is due. */
  | { readonly type: 'want' }
  | { readonly type: 'observation'; readonly observation: Observation; readonly progress: Progress }
  /** A whole clip was read to its end. */
  | { readonly type: 'done'; readonly progress: Progress }
  /** The worker cannot go on; the page decides when to try again. */
  | { readonly type: 'trouble'; readonly trouble: Trouble };

export interface Progress {
  readonly frames: number;
  readonly elapsedMs: number;
  /** Live tensors after the last picture; a growing number is a leak. */
  readonly tensors: number;
}

/** Why there is no picture to measure, for people. `absent`: no camera. `blind`: there is one, but it shows nothing. */
export interface Trouble {
  readonly state: 'blind' | 'absent';
  /** Begins with a stable code, then says what to do: `camera-refused: allow …`. */
  readonly message: string;
}
