import { importPrices } from '@silian/chains/value/prices/import.ts'
import type { Config } from '@silian/kernel/config/config.ts'
import { importAreas } from '@silian/kernel/imports/areas/import.ts'
import { importFaults } from '@silian/kernel/imports/report.ts'
import type { ImportProgress, ImportReport } from '@silian/kernel/imports/run.ts'
import type { Result } from '@silian/kernel/result/result.ts'
import { type Beside, beside } from './beside.ts'
import { say } from './say.ts'

type Import = (
  means: Beside,
  files: string[],
  onProgress: (p: ImportProgress) => void,
) => Promise<Result<ImportReport>>

const kinds: Record<string, { readonly files: number; readonly run: Import }> = {
  areas: {
    files: 2,
    run: ({ kit }, [counties, changes], onProgress) =>
      importAreas(kit.batch, counties!, changes!, { onProgress }),
  },
  prices: {
    files: 1,
    run: ({ kit }, [quotations], onProgress) => importPrices(kit.batch, quotations!, { onProgress }),
  },
}

/** `silian import areas COUNTIES.csv CHANGES.json` and `silian import prices QUOTATIONS.csv`; cut off, it goes on where it was. */
export async function importFiles(config: Config, [name = '', ...files]: string[]): Promise<number> {
  const kind = kinds[name]
  if (!kind || files.length !== kind.files) {
    say('import.usage')
    return 2
  }
  return beside(config, async means => {
    const result = await kind.run(means, files, progress())
    if (!result.ok) {
      say('import.refused', { code: result.code, params: JSON.stringify(result.params) })
      return 1
    }
    await report(means, result.value)
    return 0
  })
}

/** A line for every ten thousand rows. */
function progress(): (p: ImportProgress) => void {
  let told = 0
  return ({ done, bad }) => {
    if (done - told < 10_000) return
    told = done
    say('import.progress', { done, bad })
  }
}

async function report(
  { kit }: Beside,
  { run, rows, added, unchanged, bad, resumedAfter }: ImportReport,
): Promise<void> {
  if (resumedAfter > 0) say('import.resumed', { rows: resumedAfter })
  const faults = await kit.batch.read({ programme: 'platform', actor: 'system' }, tx =>
    importFaults(tx, run, { limit: 1000 }),
  )
  for (const { row, column, code, excerpt } of faults)
    say('import.fault', { row, column, code, excerpt: excerpt ?? '' })
  say('import.done', { rows, added, unchanged, bad })
}
