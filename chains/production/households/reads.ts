import { recordAccess } from '@silian/kernel/access/audit.ts'
import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import { maskBank, maskId, maskName, maskPhone } from '@silian/kernel/personal/masks.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import type { Household, HouseholdDetail } from './contract.ts'

const parties = { programme: 'h.programme_id', areaPath: 'h.area_path' }

interface Row {
  readonly id: string
  readonly code: string
  readonly village_code: string
  readonly village_name: string
  readonly class: Household['class']
  readonly cause: Household['cause']
  readonly member_count: number
  readonly head: Buffer
  readonly bank_account: Buffer | null
}

const select = `select h.id, h.code, h.village_code, a.name_zh as village_name, h.class, h.cause, h.member_count, m.name as head, h.bank_account
  from household h join area a on a.code = h.village_code
  join household_member m on m.programme_id = h.programme_id and m.household_id = h.id and m.no = 1`

export async function listHouseholds(
  tx: Reader,
  kit: Kit,
  reach: Reach,
  query: { after?: string | undefined; limit: number; village?: string | undefined },
): Promise<Page<Household>> {
  const { sql, values } = reachPredicate(reach, parties, 4)
  const rows = await tx.query<Row>(
    `${select} where h.code > $1 and ($2::text is null or h.village_code = $2) and ${sql} order by h.code limit $3`,
    [query.after ?? '', query.village ?? null, query.limit + 1, ...values],
  )
  const heads = await kit.vault.openMany(
    tx,
    rows.map(row => ({ subject: row.id, field: 'household_member.name', sealed: row.head })),
  )
  const names = new Map(rows.map((row, i) => [row.id, heads[i]]))
  return pageFrom(
    rows,
    query.limit,
    row => row.code,
    row => householdOf(row, names.get(row.id)),
  )
}

const householdOf = (row: Row, head: string | null | undefined): Household => ({
  id: row.id,
  code: row.code,
  villageCode: row.village_code,
  villageName: row.village_name,
  class: row.class,
  cause: row.cause,
  memberCount: row.member_count,
  headName: head ? maskName(head) : '—',
})

interface MemberRow {
  readonly id: string
  readonly name: Buffer
  readonly id_number: Buffer
  readonly phone: Buffer | null
  readonly relation: string
  readonly sex: 'male' | 'female'
  readonly birth_year: number
  readonly labour: HouseholdDetail['members'][number]['labour']
}

/** A household with its members, personal fields masked. Refuses `household.not_found` also for another's. */
export const readHousehold = (
  tx: Reader,
  kit: Kit,
  reach: Reach,
  id: string,
): Promise<Result<HouseholdDetail, 'household.not_found'>> => detail(tx, kit, reach, id, true)

/** The same unmasked, for a stated purpose; who asked and why is kept, in the same transaction. */
export async function revealHousehold(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  id: string,
  purpose: string,
  requestId: string,
): Promise<Result<HouseholdDetail, 'household.not_found'>> {
  const shown = await detail(tx, kit, reach, id, false)
  if (shown.ok)
    await recordAccess(tx, {
      action: 'household.reveal',
      subjectType: 'household',
      subjectIds: [id],
      fields: ['name', 'id_number', 'phone', 'bank_account'],
      purpose,
      requestId,
    })
  return shown
}

async function detail(
  tx: Reader,
  kit: Kit,
  reach: Reach,
  id: string,
  masked: boolean,
): Promise<Result<HouseholdDetail, 'household.not_found'>> {
  const { sql, values } = reachPredicate(reach, parties, 2)
  const [row] = await tx.query<Row>(`${select} where h.id = $1 and ${sql}`, [id, ...values])
  if (!row) return refuse('household.not_found')
  const members = await tx.query<MemberRow>(
    `select id, name, id_number, phone, relation, sex, birth_year, labour from household_member
     where programme_id = $1 and household_id = $2 order by no`,
    [tx.programme, id],
  )
  const open = (field: string, sealed: Buffer | null) => kit.vault.open(tx, id, field, sealed)
  const show = (text: string | null, mask: (clear: string) => string) =>
    text === null ? '—' : masked ? mask(text) : text
  const bank = await open('household.bank_account', row.bank_account)
  const shown: HouseholdDetail['members'] = []
  for (const m of members)
    shown.push({
      id: m.id,
      relation: m.relation,
      sex: m.sex,
      birthYear: m.birth_year,
      labour: m.labour,
      name: show(await open('household_member.name', m.name), maskName),
      idNumber: show(await open('household_member.id_number', m.id_number), maskId),
      phone: m.phone && show(await open('household_member.phone', m.phone), maskPhone),
    })
  const base = householdOf(row, await open('household_member.name', row.head))
  return ok({
    ...base,
    headName: shown[0]?.name ?? base.headName,
    bankAccount: bank && show(bank, maskBank),
    members: shown,
  })
}
