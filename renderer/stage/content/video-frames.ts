export interface VideoFrames {
  /** Counts from now on; resolves with the first frame that is presented. `standing`: frames that were in sight before. */
  start(standing?: number): Promise<void>;
  presented(): number;
  dropped(): number;
  stop(): void;
}

/** Counts the frames that the video pipeline handed to the compositor. */
export function countVideoFrames(element: HTMLVideoElement): VideoFrames {
  let frames = 0;
  let droppedBefore = 0;
  let counting = false;
  return {
    start(standing = 0) {
      counting = true;
      frames = standing;
      droppedBefore = element.getVideoPlaybackQuality().droppedVideoFrames;
      return new Promise((resolve) => {
        const count: VideoFrameRequestCallback = () => {
          if (!counting) return;
          // One call may stand for several presented frames, but only the calls since the start are this play's: count them.
          frames += 1;
          resolve();
          element.requestVideoFrameCallback(count);
        };
        element.requestVideoFrameCallback(count);
      });
    },
    presented: () => frames,
    dropped: () => Math.max(0, element.getVideoPlaybackQuality().droppedVideoFrames - droppedBefore),
    stop() {
      counting = false;
    },
  };
}
