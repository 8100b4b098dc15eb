import type { Config } from '@silian/kernel/config/config.ts'
import type { Database } from '@silian/kernel/database/database.ts'
import type { Halt } from '@silian/kernel/log/halt.ts'
import { haltOf } from '@silian/kernel/log/halt.ts'
import type { Programmes } from '@silian/kernel/log/programmes.ts'
import { vkey } from '@silian/kernel/log/read.ts'
import type { Policy } from '@silian/verifier/policy.ts'
import { WitnessFailed } from './ask.ts'
import { startCollector } from './collect.ts'
import { keepHeads, keptHead } from './heads.ts'
import { compareWith, lookBack } from './look-back.ts'
import { readPolicy } from './policy-file.ts'

export interface WitnessMeans {
  /** Under the role `batch`. */
  readonly database: Database
  readonly config: Pick<Config, 'witnessPolicy' | 'headsFolder'>
  readonly onError: (programme: string, error: unknown) => void
}

/**
 * Before anything is served: asks the witnesses, and the heads that were kept outside, what they saw of each log. Where
 * that is more than we hold the log stands still from now on. A witness that does not answer is asked again later by the
 * collector. Returns the programmes whose logs stand still, with the reason.
 */
export async function lookBackAtStart(
  { database, config, onError }: WitnessMeans,
  programmes: readonly string[],
): Promise<ReadonlyMap<string, Halt>> {
  const policy = config.witnessPolicy === undefined ? undefined : await readPolicy(config.witnessPolicy)
  const halted = new Map<string, Halt>()
  for (const programme of programmes) {
    const attempts = [
      keptOutside(database, config.headsFolder, programme),
      ...asked(policy).map(witness => lookBack(database, programme, witness)),
    ]
    for (const attempt of await Promise.allSettled(attempts)) {
      if (attempt.status === 'fulfilled') continue
      if (!(attempt.reason instanceof WitnessFailed)) throw attempt.reason
      onError(programme, attempt.reason)
    }
    const halt = await database.read({ programme, actor: 'system' }, haltOf)
    if (halt) halted.set(programme, halt)
  }
  return halted
}

const asked = (policy: Policy | undefined) =>
  [...(policy?.witnesses.values() ?? [])].flatMap(({ key, url }) => (url === undefined ? [] : [{ key, url }]))

async function keptOutside(
  database: Database,
  folder: string | undefined,
  programme: string,
): Promise<Halt | undefined> {
  const seen = folder === undefined ? undefined : await keptHead(folder, programme)
  const key = seen && (await vkey(database, programme))
  return seen && key ? compareWith(database, programme, { key, seen, by: 'operator' }) : undefined
}

/** Collects cosignatures and keeps heads outside, as far as that is configured, until stopped. */
export async function startWitnessing(
  { database, config, onError }: WitnessMeans,
  programmes: Programmes,
  signal: AbortSignal,
): Promise<{ readonly stopped: Promise<unknown> }> {
  const policy = config.witnessPolicy === undefined ? undefined : await readPolicy(config.witnessPolicy)
  const collector = policy && startCollector({ database, policy, programmes, signal, onError })
  const heads =
    config.headsFolder === undefined
      ? undefined
      : keepHeads({ database, folder: config.headsFolder, programmes, signal, onError })
  return { stopped: Promise.all([collector?.stopped, heads?.stopped]) }
}
