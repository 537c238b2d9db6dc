/** Once in a life of the process is enough: after that, the operating system would have to change the bytes under us. */
export function checkedOnce(verify: (sha256: string) => Promise<void>): (sha256: string) => Promise<void> {
  const good = new Set<string>();
  return async (sha256) => {
    if (good.has(sha256)) return;
    await verify(sha256);
    good.add(sha256);
  };
}
