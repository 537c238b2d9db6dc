/**
 * Calls `listener` with each error of this process that nobody handles. Without it Node would end the process, with nothing in
 * the log of the screen, and Electron would lay a dialog over its panel.
 *
 * @returns what gives the errors back to Node
 */
export function hearUnhandled(listener: (error: unknown) => void): () => void {
  const hear = (error: unknown): void => listener(error);
  process.on('uncaughtException', hear);
  process.on('unhandledRejection', hear);
  return () => {
    process.off('uncaughtException', hear);
    process.off('unhandledRejection', hear);
  };
}
