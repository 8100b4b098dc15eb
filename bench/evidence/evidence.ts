import { findPgbench } from '../pgbench.ts'
import { postings } from '../spine/postings.ts'
import type { Setting } from '../spine/setting.ts'
import { checkpointLines, factLines } from './facts.ts'
import type { Line } from './line.ts'
import { logLines } from './log.ts'
import { withPeak } from './peak.ts'

export interface EvidenceSetting extends Pick<Setting, 'stand' | 'seconds'> {
  /** Entries of the log that is audited, each of them a leaf of the sum tree. */
  readonly entries: number
}

type Part = (setting: EvidenceSetting) => AsyncIterable<Line>

const atOnce = (part: (setting: EvidenceSetting) => Promise<Line[]>): Part =>
  async function* (setting) {
    yield* await part(setting)
  }

/** The parts, by the name under which `--only` picks them. */
export const evidenceParts: Readonly<Record<string, Part>> = {
  facts: atOnce(factLines),
  checkpoints: atOnce(checkpointLines),
  postings: atOnce(postingLines),
  log: logLines,
}

const AIM = 3

/** Entries out of one hot account, together and one by one, against the same SQL one a transaction. */
async function postingLines({ stand, seconds }: EvidenceSetting): Promise<Line[]> {
  const setting = { stand, seconds, pgbench: await findPgbench(), auditFacts: 0 }
  const [[baseline, single, ...together], memory] = await withPeak(() => postings(setting, 'hot'))
  const bare = baseline!.perSecond
  return [single!, ...together].map(({ name, perSecond }) => ({
    what: `postings, one hot account: ${name}`,
    ...(name === single!.name
      ? {}
      : { aim: `≥ ${AIM.toFixed(1)} × the bare SQL`, ratio: perSecond / bare / AIM }),
    figure: `${(perSecond / bare).toFixed(2)} ×`,
    memory,
    note: `${Math.round(perSecond)}/s against ${Math.round(bare)}/s`,
  }))
}

export async function evidence(setting: EvidenceSetting, only: readonly string[]): Promise<Line[]> {
  const all: Line[] = []
  for (const name of only)
    for await (const line of evidenceParts[name]!(setting)) {
      // one by one: what is known is not lost with what fails after it
      console.error([line.what, line.figure, line.note ?? ''].join(': '))
      all.push(line)
    }
  return all
}
