import type { Rotation } from '../contract/index.ts';

/**
 * Style for the whole page that turns the picture clockwise on a panel that hangs on its side: where the graphics driver
 * cannot turn, or nobody wants to teach it. Empty for an upright one.
 */
export function rotationStyle(rotation: Rotation): string {
  if (rotation === 0) return '';
  const [width, height] = rotation === 180 ? ['100vw', '100vh'] : ['100vh', '100vw'];
  return `html { position: fixed !important; left: 50%; top: 50%; width: ${width} !important; height: ${height} !important; transform: translate(-50%, -50%) rotate(${rotation}deg); }`;
}
