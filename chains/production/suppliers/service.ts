import { findArea } from '@silian/kernel/access/areas.ts'
import { findOrganisation } from '@silian/kernel/access/organisations.ts'
import { everythingOf } from '@silian/kernel/access/permit.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import type { Values } from '@silian/kernel/declared/columns.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import type { RegisterKit } from '@silian/kernel/register/kit.ts'
import { saveRows } from '@silian/kernel/register/save.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { type SupplierState, sells, supplier } from './supplier.register.ts'

export interface Admission {
  readonly organisationId: string
  readonly state: SupplierState
  /** Default the day of the transaction. */
  readonly since?: string
  readonly creditCode?: string | null
  readonly certificates?: readonly { readonly kind: string; readonly validTo: string }[]
}

/** One supplier an organisation: its row is found by it. */
const idOf = (tx: Reader, organisationId: string): string => idFrom('supplier', tx.programme, organisationId)

/**
 * Puts an organisation among the suppliers, or its row into another state. The process does this; an import of what was
 * decided before the process began may call it directly. Refuses `organisation.not_found`, `supplier.refused` {codes}.
 */
export async function admitSupplier(
  tx: Writer,
  kit: RegisterKit,
  { organisationId, state, since, creditCode, certificates }: Admission,
): Promise<Result<{ id: string }, 'organisation.not_found' | 'supplier.refused'>> {
  const organisation = await findOrganisation(tx, organisationId)
  if (!organisation) return refuse('organisation.not_found')
  const id = idOf(tx, organisationId)
  const values: Values = {
    code: organisation.key,
    name: organisation.nameZh,
    organisationId,
    countyCode: await countyOf(tx, organisation.areaCode),
    state,
    ...(await sinceWhen(tx, organisationId, since)),
    ...(creditCode ? { creditCode } : {}),
  }
  const parts = certificates
    ? { certificate: certificates.map(({ kind, validTo }) => ({ kind, validTo })) }
    : {}
  const [outcome] = await saveRows(tx, kit, supplier, everythingOf(tx.programme), [{ id, values, parts }])
  if (outcome!.kind !== 'refused') return ok({ id })
  return refuse('supplier.refused', { codes: outcome!.faults.map(({ column, code }) => `${column} ${code}`) })
}

/** Since when: as given, as on record, or from today. */
async function sinceWhen(tx: Writer, organisationId: string, since: string | undefined): Promise<Values> {
  if (since) return { since }
  const known = await tx.query('select 1 from supplier where programme_id = $1 and organisation_id = $2', [
    tx.programme,
    organisationId,
  ])
  return known.length > 0 ? {} : { since: dateOf(tx.at) }
}

/** The county an organisation lies in: of a township's or village's code the first six places. */
async function countyOf(tx: Reader, code: string): Promise<string> {
  const county = code.slice(0, 6)
  return (await findArea(tx, county))?.code ?? code
}

/** Whether an organisation may sell as a supplier today. */
export async function isActiveSupplier(tx: Reader, organisationId: string): Promise<boolean> {
  const [row] = await tx.query<{ state: SupplierState }>(
    'select state from supplier where programme_id = $1 and organisation_id = $2 and valid_to is null',
    [tx.programme, organisationId],
    'supplier-active',
  )
  return row !== undefined && sells(row.state)
}
