import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Those of a minute and more, the longest first: a fresh checkout knows no durations. */
const long = [
  ...['e2e/browser/desks', 'e2e/refusals/refusals', 'e2e/browser/main-job', 'e2e/browser/declared'],
  ...['data/load/load', 'e2e/browser/admin', 'verifier/audit-mutation', 'e2e/audit'],
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
    globalSetup: ['kernel/testing/global-setup.ts'],
    include: ['{kernel,chains,apps,verifier,data,e2e}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
})
