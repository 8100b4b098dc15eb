import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['kernel/testing/global-setup.ts'],
    include: ['{kernel,chains,apps,verifier,data,e2e}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
})
