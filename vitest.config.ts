import { defineConfig } from 'vitest/config';

// A second, as it is by default, is not long on a machine that is busy: what is waited for decides a test, not how long.
const expect = { poll: { timeout: 15_000 } };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**', 'test/chaos/**', 'test/bench/**'], testTimeout: 30_000, expect } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], fileParallelism: false, testTimeout: 180_000, hookTimeout: 120_000, expect } },
    ],
  },
});
