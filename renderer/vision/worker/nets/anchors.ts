/**
 * Places that the face detector judges, px of its 256×256 input: two for each cell of a 16×16 grid, then six for each of an
 * 8×8 grid. From MediaPipe's `face_detection_back` graph (SsdAnchorsCalculator, strides 16 and 32).
 */
export const ANCHORS: readonly { readonly x: number; readonly y: number }[] = [grid(16, 2), grid(32, 6)].flat();

function grid(stride: number, perCell: number): { x: number; y: number }[] {
  const cells = 256 / stride;
  return Array.from({ length: cells * cells * perCell }, (_, index) => {
    const cell = Math.floor(index / perCell);
    return { x: stride * ((cell % cells) + 0.5), y: stride * (Math.floor(cell / cells) + 0.5) };
  });
}
