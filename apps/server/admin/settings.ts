import type { Reader } from '@silian/kernel/database/database.ts'
import type { SettingShape } from '@silian/kernel/settings/contract.ts'
import type { Setting } from '@silian/kernel/settings/setting.ts'
import { readSettings } from '@silian/kernel/settings/settings.ts'

/** The settings with their history, and who changed them. Two statements. */
export async function settingsShown(tx: Reader, settings: readonly Setting[]): Promise<SettingShape[]> {
  const held = await readSettings(tx, settings)
  const users = await tx.query<{ id: string; username: string }>(
    `select u.id, u.username from member m join auth."user" u on u.id = m.account_id
     where m.programme_id = $1 and u.id = any($2::text[])`,
    [tx.programme, held.flatMap(({ history }) => history.map(({ changedBy }) => changedBy))],
  )
  const names = new Map(users.map(({ id, username }) => [id, username]))
  return held.map(({ setting, value, version, history }) => ({
    key: setting.key,
    kind: setting.kind,
    value: plain(value),
    otherwise: plain(setting.otherwise),
    version,
    history: history.map(each => ({
      version: each.version,
      value: plain(each.value),
      at: each.changedAt.toISOString(),
      by: names.get(each.changedBy) ?? null,
    })),
  }))
}

const plain = (value: unknown): string | number | boolean => value as string | number | boolean
