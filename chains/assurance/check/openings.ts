import type { Reader } from '@silian/kernel/database/database.ts'
import type { Keyring } from '@silian/kernel/fact/keyring.ts'
import { commitmentOf, type Fact } from './entry.ts'
import type { Findings } from './report.ts'

interface PrivateRow {
  readonly fact_id: string
  readonly field: string
  readonly salt: Buffer
  readonly sealed_value: Buffer
}

/** The hidden values of facts, each held against its commitment; by fact and field. */
export async function openFacts(
  tx: Reader,
  keyring: Keyring,
  findings: Findings,
  facts: readonly Fact[],
): Promise<Map<string, Map<string, string>>> {
  const hiding = new Map(facts.filter(fact => Object.keys(fact.c).length > 0).map(fact => [fact.id, fact]))
  const rows = await tx.query<PrivateRow>(
    'select fact_id, field, salt, sealed_value from fact_private where programme_id = $1 and fact_id = any($2::uuid[])',
    [tx.programme, facts.map(fact => fact.id)],
  )
  const opened = new Map<string, Map<string, string>>()
  for (const row of rows) {
    findings.count('fact_private')
    const value = unsealed(tx.programme, keyring, row)
    const commitment = value && commitmentOf(row.salt, value)
    const expected = hiding.get(row.fact_id)?.c[row.field]
    if (!value || commitment !== expected) {
      findings.differs(
        'fact_private',
        `${row.fact_id}/${row.field}`,
        'sealed_value',
        'what was committed',
        'another value',
      )
      continue
    }
    findings.opened += 1
    const fields = opened.get(row.fact_id) ?? new Map<string, string>()
    opened.set(row.fact_id, fields.set(row.field, value.toString('utf8')))
  }
  return opened
}

function unsealed(programme: string, keyring: Keyring, row: PrivateRow): Buffer | undefined {
  try {
    return keyring.openHidden(programme, row.fact_id, row.field, row.sealed_value)
  } catch {
    return undefined
  }
}

/** Rows that open a field of no fact at all. */
export async function strayOpenings(tx: Reader, findings: Findings): Promise<void> {
  const rows = await tx.query<{ fact_id: string; field: string }>(
    `select p.fact_id, p.field from fact_private p left join fact f on f.programme_id = p.programme_id and f.id = p.fact_id
     where p.programme_id = $1 and f.id is null limit 100`,
    [tx.programme],
  )
  for (const { fact_id, field } of rows)
    findings.differs('fact_private', `${fact_id}/${field}`, '*', 'no row', 'a row')
}
