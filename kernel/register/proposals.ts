import type { Reach } from '../access/permit.ts'
import type { Reader } from '../database/database.ts'
import { FIRST_ID, pageFrom } from '../http/paging.ts'
import type { RegisterProposals } from './contract.ts'
import type { Register } from './define.ts'
import type { RegisterKit } from './kit.ts'
import { actorNames, namesFor } from './names.ts'
import { openProposals } from './propose.ts'
import { listRows, shownSome } from './reads.ts'
import { Statement, within } from './where.ts'

/** Changes of rows within reach that wait, the oldest first, each with the row as it stands; masked. */
export async function listProposals(
  tx: Reader,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  { after = FIRST_ID, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<RegisterProposals> {
  const waiting = await idsOf(tx, register, reach, after, limit + 1)
  const { items, next } = pageFrom(
    waiting,
    limit,
    ({ id }) => id,
    each => each,
  )
  const ids = [...new Set(items.map(({ row }) => row))]
  const all = await openProposals(tx, kit, register, ids)
  const proposals = items.flatMap(({ id }) => all.find(proposal => proposal.id === id) ?? [])
  const page = await listRows(tx, kit, register, reach, { ids, closed: true, limit: Math.max(1, ids.length) })
  const by = await actorNames(
    tx,
    kit.vault,
    proposals.map(proposal => proposal.by),
  )
  const shown = proposals.map(({ id, at, by: actor, rowId, values }) => ({
    ...{ id, at: at.toISOString(), byName: by.get(actor) ?? '', own: actor === tx.actor },
    row: page.items.find(row => row.id === rowId)!,
    values: shownSome(register, values, true) as RegisterProposals['items'][number]['values'],
  }))
  const names = await namesFor(tx, register.refers, [
    { columns: register.columns, rows: shown.map(({ values }) => values) },
  ])
  return { items: shown, next, names: { ...page.names, ...names } }
}

const joined = (statement: Statement, register: Register, reach: Reach, programme: string): string =>
  `from register_proposal p join ${register.name} t on t.programme_id = p.programme_id and t.id = p.row_id
   where p.programme_id = ${statement.of(programme)} and p.register = ${statement.of(register.name)}
     and p.state = 'open' and ${within(statement, register, reach)}`

function idsOf(
  tx: Reader,
  register: Register,
  reach: Reach,
  after: string,
  limit: number,
): Promise<{ id: string; row: string }[]> {
  const statement = new Statement()
  const text = `select p.id, p.row_id as row ${joined(statement, register, reach, tx.programme)}
    and p.id > ${statement.of(after)}::uuid order by p.id limit ${limit}`
  return tx.query(text, statement.values)
}

/** How many changes of rows within reach wait. */
export async function countProposals(tx: Reader, register: Register, reach: Reach): Promise<number> {
  const statement = new Statement()
  const [row] = await tx.query<{ n: number }>(
    `select count(*) as n ${joined(statement, register, reach, tx.programme)}`,
    statement.values,
  )
  return row!.n
}
