import type { Reach } from '@silian/kernel/access/permit.ts'
import { covers } from '@silian/kernel/access/permit.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { idFrom, newId } from '@silian/kernel/ids/ids.ts'
import { normalIdentity } from '@silian/kernel/personal/blind-index.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import type { NewHousehold } from './contract.ts'
import { checkHousehold, type HouseholdFault } from './rules.ts'

export type RegisterRefusal =
  | HouseholdFault
  | 'area.not_found'
  | 'household.code_taken'
  | 'household.person_taken'

type Ready = NewHousehold & { readonly id: string; readonly areaPath: string }

/**
 * Registers households with their members, all or none. Refusals name the household's code and the member's number,
 * never a personal value. A village outside `reach` is one that is not found.
 */
export async function registerHouseholds(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  input: readonly NewHousehold[],
): Promise<Result<{ ids: string[] }, RegisterRefusal>> {
  for (const household of input) {
    const checked = checkHousehold(household)
    if (!checked.ok) return checked
  }
  const villages = await villagePaths(tx, input)
  const ready: Ready[] = []
  for (const household of input) {
    const areaPath = villages.get(household.villageCode)
    if (!areaPath || !covers(reach, { areaPath }))
      return refuse('area.not_found', { code: household.villageCode })
    ready.push({ ...household, areaPath, id: household.id ?? newId(tx.at.getTime()) })
  }
  const taken = (await codeTaken(tx, kit, ready)) ?? (await personTaken(tx, kit, ready))
  if (taken) return taken
  for (const household of ready) await recordRegistered(tx, kit, household)
  return ok({ ids: ready.map(household => household.id) })
}

async function villagePaths(tx: Writer, input: readonly NewHousehold[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ code: string; path: string }>(
    `select code, path from area where code = any($1::text[]) and level = 'village' and valid_to is null`,
    [[...new Set(input.map(household => household.villageCode))]],
    'household-villages',
  )
  return new Map(rows.map(row => [row.code, row.path]))
}

/** Writes the households; a code that another transaction took meanwhile shows as a row that was not written. */
async function codeTaken(
  tx: Writer,
  kit: Kit,
  ready: readonly Ready[],
): Promise<ReturnType<typeof refuse<'household.code_taken'>> | undefined> {
  const withBank = ready.filter(household => household.bankAccount !== undefined)
  const sealed = await kit.vault.sealMany(
    tx,
    withBank.map(h => ({ subject: h.id, field: 'household.bank_account', text: h.bankAccount! })),
  )
  const banks = new Map(withBank.map((household, i) => [household.id, sealed[i]!]))
  const rows = await tx.db
    .insertInto('household')
    .values(
      ready.map(household => ({
        programme_id: tx.programme,
        id: household.id,
        code: household.code,
        village_code: household.villageCode,
        area_path: household.areaPath,
        class: household.class,
        cause: household.cause,
        member_count: household.members.length,
        bank_account: banks.get(household.id) ?? null,
        registered_at: tx.at,
      })),
    )
    .onConflict(c => c.doNothing())
    .returning('code')
    .execute()
  const written = new Set(rows.map(row => row.code))
  const missing = ready.find(household => !written.has(household.code))
  return missing && refuse('household.code_taken', { code: missing.code })
}

interface MemberRef {
  readonly household: Ready
  readonly no: number
  readonly id: string
  readonly member: Ready['members'][number]
}

async function personTaken(
  tx: Writer,
  kit: Kit,
  ready: readonly Ready[],
): Promise<ReturnType<typeof refuse<'household.person_taken'>> | undefined> {
  const refs = ready.flatMap(household =>
    household.members.map(
      (member, i): MemberRef => ({
        household,
        member,
        no: i + 1,
        id: idFrom('member', household.id, String(i + 1)),
      }),
    ),
  )
  const sealed = await kit.vault.sealMany(
    tx,
    refs.flatMap(({ household, member }) => [
      { subject: household.id, field: 'household_member.name', text: member.name },
      { subject: household.id, field: 'household_member.id_number', text: member.idNumber },
      { subject: household.id, field: 'household_member.phone', text: member.phone ?? '' },
    ]),
  )
  const rows = await tx.db
    .insertInto('household_member')
    .values(
      refs.map(({ household, member, no, id }, i) => ({
        programme_id: tx.programme,
        id,
        household_id: household.id,
        no,
        relation: member.relation,
        sex: member.sex,
        birth_year: member.birthYear,
        labour: member.labour,
        name: sealed[3 * i]!,
        id_number: sealed[3 * i + 1]!,
        phone: member.phone === undefined ? null : sealed[3 * i + 2]!,
        id_index: kit.vault.index(
          tx.programme,
          'household_member.id_number',
          normalIdentity(member.idNumber),
        ),
      })),
    )
    .onConflict(c => c.doNothing())
    .returning('id')
    .execute()
  const written = new Set(rows.map(row => row.id))
  const missing = refs.find(ref => !written.has(ref.id))
  return missing && refuse('household.person_taken', { code: missing.household.code, member: missing.no })
}

/** Below the county nothing of a household is public: a small village would give it away. */
async function recordRegistered(tx: Writer, kit: Kit, household: Ready): Promise<void> {
  await kit.recorder.record(tx, {
    type: 'household.registered',
    subject: household.id,
    holder: `area:${household.villageCode.slice(0, 6)}`,
    pub: { household: household.id, county: household.villageCode.slice(0, 6) },
    hidden: {
      code: household.code,
      village: household.villageCode,
      members: String(household.members.length),
    },
  })
}
