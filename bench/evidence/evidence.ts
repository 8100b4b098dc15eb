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

/** The parts, by the name under which `--only` picks them. */
export const evidenceParts: Readonly<Record<string, (setting: EvidenceSetting) => Promise<Line[]>>> = {
  facts: factLines,
  checkpoints: checkpointLines,
  postings: postingLines,
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
  for (const name of only) {
    const made = await evidenceParts[name]!(setting)
    for (const { what, figure } of made) console.error(`${what}: ${figure}`)
    all.push(...made)
  }
  return all
}
