import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vkey } from '@silian/kernel/log/read.ts'
import { drain } from '@silian/kernel/log/sequencer.ts'
import { type LogStage, logStage, scope } from '../spine/log-stage.ts'
import { auditLine } from './audit.ts'
import type { EvidenceSetting } from './evidence.ts'
import { type Line, seconds } from './line.ts'
import { withPeak } from './peak.ts'
import { receiptLines } from './receipt.ts'
import { sumLine } from './sums.ts'

const PER_TRANSACTION = 500

/** A log of many facts, made in the real way: audited, summed up, and one receipt of it checked in a browser. */
export async function* logLines({ stand, entries }: EvidenceSetting): AsyncGenerator<Line> {
  const stage = await logStage({ stand }, 'bench_evidence_log')
  const folder = await mkdtemp(join(tmpdir(), 'silian-bench-log-'))
  try {
    const [made, memory] = await withPeak(() => filled(stage, entries))
    const took = seconds(made.recorded + made.sequenced)
    yield { what: `a log of ${entries} facts`, figure: took, memory, note: noteOf(made) }
    yield await auditLine(stage, folder, (await vkey(stage.app, scope.programme)) ?? '')
    yield await sumLine(stage, entries)
    yield* await receiptLines(stage, made.middle)
  } finally {
    await stage.close()
    await rm(folder, { recursive: true })
  }
}

interface Made {
  readonly recorded: number
  readonly sequenced: number
  /** Id of a fact in the middle. */
  readonly middle: string
}

async function filled(stage: LogStage, entries: number): Promise<Made> {
  const begun = performance.now()
  let middle = ''
  for (let n = 0; n < entries; n += PER_TRANSACTION) {
    const ids = await stage.record(Math.min(PER_TRANSACTION, entries - n))
    if (n <= entries / 2) middle = ids[0]!
  }
  const recorded = performance.now()
  await drain(stage.batch, stage.keyring, scope.programme)
  return {
    recorded: (recorded - begun) / 1000,
    sequenced: (performance.now() - recorded) / 1000,
    middle,
  }
}

const noteOf = ({ recorded, sequenced }: Made): string =>
  `recorded ${seconds(recorded)}, sequenced ${seconds(sequenced)}`
