import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Those of half a minute and more, the longest first: a fresh checkout knows no durations. */
const long = [
  ...['e2e/refusals/refusals', 'e2e/browser/desks', 'e2e/browser/main-job', 'e2e/browser/declared'],
  ...['e2e/browser/shop', 'data/load/load', 'verifier/audit-mutation', 'e2e/browser/admin'],
  ...['e2e/browser/own-keys', 'e2e/audit', 'e2e/races/processes', 'kernel/register/import-household'],
  ...['e2e/check/corrupt', 'kernel/process/model'],
].map(name => `/${name}.test.ts`)

/** Begins with what takes longest, so that no worker ends the run alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = long.findIndex(name => moduleId.endsWith(name))
      return at < 0 ? long.length : at
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  test: {
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // one more than cores: browsers and databases are waited for
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      // to load the server anew for every file took longer than most of their tests
      {
        extends: true,
        test: {
          name: 'platform',
          include: ['{kernel,chains,apps,data,e2e}/**/*.test.ts'],
          globalSetup: ['kernel/testing/global-setup.ts'],
          isolate: false,
        },
      },
      // replaces modules of its own, and needs no database
      { extends: true, test: { name: 'verifier', include: ['verifier/**/*.test.ts'] } },
    ],
  },
})
