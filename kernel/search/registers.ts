import { recordAccess } from '../access/audit.ts'
import type { Permit } from '../access/permit.ts'
import type { Principal } from '../access/principal.ts'
import type { Writer } from '../database/database.ts'
import { isSealed, snake } from '../declared/columns.ts'
import type { Register } from '../register/define.ts'
import { mayFindMore } from '../register/find.ts'
import type { RegisterKit } from '../register/kit.ts'
import { listRows } from '../register/reads.ts'
import { ok, type Result } from '../result/result.ts'
import type { Found } from './contract.ts'
import type { Named } from './find.ts'

/** A register's rows are found by their words, and called by their label with their key beside it. */
export const registerNames = ({ name, label, key }: Register): Named => ({
  kind: name,
  action: `${name}.read`,
  titles: `select id, "${snake(label)}", "${snake(label)}", ${label === key ? `''` : `"${snake(key)}"`} from "${name}"
    where programme_id = $1 and id = any($2) and valid_to is null`,
})

const holdsSealed = ({ columns, parts }: Register): boolean =>
  [columns, ...Object.values(parts).map(part => part.columns)].some(each =>
    Object.values(each).some(column => isSealed(column) && (column.filter || column.unique)),
  )

const MOST = 6

export interface SealedSearch {
  /** A whole identity number, telephone or account. */
  readonly number: string
  readonly purpose: string
  readonly requestId: string
}

/**
 * Rows whose sealed value is the whole text, in every register in which the caller may see such values in clear. That
 * somebody was looked for, and why, is kept in the same transaction, found or not. One search a register. Refuses
 * `search.locked` {most} to whoever tries out numbers.
 */
export async function searchSealed(
  tx: Writer,
  kit: RegisterKit,
  registers: readonly Register[],
  { permit, principal }: { permit: Permit; principal: Principal },
  { number, purpose, requestId }: SealedSearch,
): Promise<Result<Found, 'search.locked'>> {
  const may = await mayFindMore(tx)
  if (!may.ok) return may
  const groups: Found['groups'] = []
  for (const register of registers) {
    const action = `${register.name}.reveal`
    if (!holdsSealed(register) || !permit.actions.has(action)) continue
    const reach = permit(principal, action)
    if (!reach.ok) continue
    const { items } = await listRows(tx, kit, register, reach.value, {
      ...{ q: number, whole: true, limit: MOST },
    })
    await recordAccess(tx, {
      action: `${register.name}.find`,
      subjectType: register.name,
      subjectIds: items.length > 0 ? items.map(({ id }) => id) : ['none'],
      fields: [],
      purpose,
      requestId,
    })
    const hits = items.map(({ id, values }) => {
      const title = String(values[register.label] ?? '')
      return { id, titleZh: title, titleEn: title, note: String(values[register.key] ?? '') }
    })
    if (hits.length > 0) groups.push({ kind: register.name, hits, more: false })
  }
  return ok({ groups })
}
