import type { z } from 'zod'
import type { Reader, Writer } from '../database/database.ts'
import type { PublicValue } from '../fact/public-part.ts'
import type { Recorder } from '../fact/record.ts'
import { idFrom } from '../ids/ids.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import type { Setting } from './setting.ts'

/** What a setting holds in the transaction's programme. A value that its shape no longer takes counts as not set. */
export async function settingOf<S extends z.ZodType>(tx: Reader, setting: Setting<S>): Promise<z.output<S>> {
  const [row] = await tx.query<{ value: unknown }>(
    'select value from setting where programme_id = $1 and key = $2 order by version desc limit 1',
    [tx.programme, setting.key],
    'setting-read',
  )
  return row ? takenBy(setting, row.value) : setting.otherwise
}

const takenBy = <S extends z.ZodType>(setting: Setting<S>, kept: unknown): z.output<S> => {
  const parsed = setting.shape.safeParse(kept)
  return parsed.success ? parsed.data : setting.otherwise
}

export interface SettingVersion {
  readonly version: number
  readonly value: unknown
  readonly changedAt: Date
  /** Account id. */
  readonly changedBy: string
}

export interface HeldSetting {
  readonly setting: Setting
  readonly value: unknown
  /** 0: never set. */
  readonly version: number
  /** The latest first, at most 20. */
  readonly history: readonly SettingVersion[]
}

/** All of them with what they hold and held. One statement. */
export async function readSettings(tx: Reader, settings: readonly Setting[]): Promise<HeldSetting[]> {
  const rows = await tx.query<SettingVersion & { key: string }>(
    `select key, version, value, changed_at as "changedAt", changed_by as "changedBy" from (
       select s.*, row_number() over (partition by key order by version desc) as place from setting s
        where programme_id = $1 and key = any($2)) s
      where place <= 20 order by key, version desc`,
    [tx.programme, settings.map(({ key }) => key)],
  )
  const versions = Map.groupBy(rows, row => row.key)
  return settings.map(setting => {
    const history = versions.get(setting.key) ?? []
    const value = history[0] ? takenBy(setting, history[0].value) : setting.otherwise
    return { setting, value, version: history[0]?.version ?? 0, history }
  })
}

export interface SettingChange {
  /** Of the state that the change was made from. */
  readonly version: number
  readonly value: unknown
}

export type SettingRefusal = 'setting.invalid' | 'setting.changed' | 'setting.unchanged'

/**
 * Sets it, with the fact `setting.changed`. Refuses `setting.invalid` {key}, `setting.changed` {key, version} when
 * another was faster, and `setting.unchanged` {key} for what it holds already.
 */
export async function changeSetting(
  tx: Writer,
  recorder: Recorder,
  holder: string,
  setting: Setting,
  change: SettingChange,
): Promise<Result<{ version: number }, SettingRefusal>> {
  const { key } = setting
  const parsed = setting.shape.safeParse(change.value)
  if (!parsed.success) return refuse('setting.invalid', { key })
  const value = JSON.stringify(parsed.data)
  const [held] = await readSettings(tx, [setting])
  if (held!.version !== change.version) return refuse('setting.changed', { key, version: held!.version })
  if (JSON.stringify(held!.value) === value) return refuse('setting.unchanged', { key })
  const version = change.version + 1
  const rows = await tx.query(
    `insert into setting (programme_id, key, version, value, changed_at, changed_by) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning 1`,
    [tx.programme, key, version, value, tx.at, tx.actor],
  )
  if (rows.length === 0) return refuse('setting.changed', { key, version })
  await recorder.record(tx, {
    type: 'setting.changed',
    subject: idFrom('setting', tx.programme, key),
    holder,
    pub: { key, version, value: parsed.data as PublicValue },
  })
  return ok({ version })
}
