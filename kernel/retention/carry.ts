import { uuidArray } from '../database/array.ts'
import type { Reader, Scope, Writer } from '../database/database.ts'
import type { Values } from '../declared/columns.ts'
import { remove } from '../files/disk.ts'
import type { Register } from '../register/define.ts'
import { openRows, type Raw, selected } from '../register/stored.ts'
import { must, ok } from '../result/result.ts'
import { dateOf } from '../time/shanghai.ts'
import { heldUntil, type Retention, type RetentionClass } from './classes.ts'
import type { Receipt } from './contract.ts'
import { attachedTo, dropFiles, holdFile, importsUnderWay, workbooks } from './files.ts'
import type { Wait } from './holder.ts'
import type { Erasable, EraseKit } from './kit.ts'
import { carryPeople } from './people.ts'
import { type Reached, reach, registersOf } from './reach.ts'
import { endTerms, fieldOf, keyOf } from './term.ts'
import { type Asked, keep, tellCarried } from './told.ts'
import { add, type Tally, wipeRows } from './wipe.ts'

/**
 * Carries an erasure as far as it may go today, in one transaction: waits for what is owed, else destroys what no class
 * holds and seals the rest apart until its term; of one that is held, ends what has come to its term. May be called at
 * any time and any number of times. What files hold goes from disk after the commit; of a crash between, the sweep.
 */
export async function carryErasure(
  kit: EraseKit,
  erasable: Erasable,
  scope: Scope,
  id: string,
): Promise<void> {
  const paths = must(await kit.batch.write(scope, async tx => ok(await carry(tx, kit, erasable, id))))
  for (const path of paths) await remove(path)
}

async function carry(tx: Writer, kit: EraseKit, erasable: Erasable, id: string): Promise<string[]> {
  const [row] = await tx.query<Asked>(
    'select id, register, row_id, area_path, state, receipt from erasure where programme_id = $1 and id = $2 for update',
    [tx.programme, id],
  )
  if (!row || row.state === 'done') return []
  if (row.state === 'restricted') {
    await endTerms(tx, kit, row)
    return []
  }
  const people = erasable.people.find(({ name }) => name === row.register)
  if (people) return carryPeople(tx, kit, people, row)
  const register = erasable.registers.find(({ name }) => name === row.register)
  if (!register) return []
  const reached = await reach(tx, erasable, register, row.row_id)
  const waits = await waitsOf(tx, erasable, reached)
  if (waits.length === 0) return destroy(tx, kit, erasable, row, reached)
  await keep(tx, id, 'waiting', { waits, destroyed: [], stays: [] })
  return []
}

async function waitsOf(tx: Reader, { holders }: Erasable, reached: Reached): Promise<Wait[]> {
  const waits: Wait[] = []
  for (const holder of holders)
    if (holder.register === reached.register.name && holder.waits)
      waits.push(...(await holder.waits(tx, reached.ids)))
  const imports = await importsUnderWay(tx, registersOf(reached))
  return [...waits, { code: 'import', count: imports }].filter(({ count }) => count > 0)
}

type Terms = ReadonlyMap<RetentionClass, string>

async function destroy(
  tx: Writer,
  kit: EraseKit,
  erasable: Erasable,
  row: Asked,
  reached: Reached,
): Promise<string[]> {
  const tally: Tally = {}
  const terms = await termsOf(tx, erasable, reached.register, reached.ids)
  const stays = new Map<RetentionClass, string[]>()
  const held = await heldValues(tx, kit, erasable, reached)
  await setApart(tx, kit, row, held, { terms, stays })
  const files = await sortFiles(tx, erasable, row, reached, { terms, stays })
  const sheets = await workbooks(tx, registersOf(reached))
  const paths = await dropFiles(tx, kit.files, [...files, ...sheets])
  add(tally, 'file', files.length)
  add(tally, 'workbook', sheets.length)
  for (const holder of erasable.holders)
    if (holder.register === reached.register.name) await holder.forget?.(tx, kit, reached.ids)
  for (const { register, ids } of reached.told) await wipeRows(tx, kit, register, ids, tally)
  await wipeRows(tx, kit, reached.register, reached.ids, tally)
  await forgetSaid(tx, kit, reached, tally)
  const receipt: Receipt = {
    waits: [],
    destroyed: Object.entries(tally).flatMap(([kind, count]) => (count > 0 ? [{ kind, count }] : [])),
    stays: [...stays].map(([name, fields]) => ({ class: name, fields, until: terms.get(name)! })),
  }
  await keep(tx, row.id, stays.size > 0 ? 'restricted' : 'done', receipt)
  await tellCarried(tx, kit, row, receipt, { openings: tally.opening ?? 0 })
  return paths
}

/** Each class that holds these people, until when; a class that several events hold ends with the last. */
async function termsOf(
  tx: Reader,
  { holders }: Erasable,
  register: Register,
  ids: readonly string[],
): Promise<Terms> {
  const terms = new Map<RetentionClass, string>()
  for (const holder of holders)
    if (holder.register === register.name && holder.holds)
      for (const hold of await holder.holds(tx, ids)) {
        const until = heldUntil(hold.class, hold.event)
        const known = terms.get(hold.class)
        if (until !== null && until > dateOf(tx.at) && (known === undefined || known < until))
          terms.set(hold.class, until)
      }
  return terms
}

const heldBy = (retention: Retention | undefined, terms: Terms): RetentionClass[] =>
  retention === undefined || retention === 'none' ? [] : retention.filter(name => terms.has(name))

interface Held {
  readonly row: string
  readonly field: string
  readonly class: RetentionClass
  readonly text: string
}

/** Of each row what the classes that hold this very row may hold: a voucher names whoever was paid then. */
async function heldValues(
  tx: Writer,
  kit: EraseKit,
  erasable: Erasable,
  { register, ids }: Reached,
): Promise<Held[]> {
  const held: Held[] = []
  for (const row of ids) {
    const terms = await termsOf(tx, erasable, register, [row])
    const values = terms.size > 0 ? await valuesOf(tx, kit, register, row) : {}
    for (const [field, { retention }] of Object.entries(register.columns)) {
      const value = values[field] ?? null
      if (value !== null)
        held.push(...heldBy(retention, terms).map(name => ({ row, field, class: name, text: String(value) })))
    }
  }
  return held
}

/** Values that a class holds leave the row and are sealed anew, each class under a key of its own until its last term. */
async function setApart(
  tx: Writer,
  kit: EraseKit,
  row: Asked,
  held: readonly Held[],
  { terms, stays }: { terms: Terms; stays: Map<RetentionClass, string[]> },
): Promise<void> {
  const named = held.map(each => ({ ...each, name: fieldOf(each.field, each.row, row.row_id) }))
  const sealed = await kit.vault.sealMany(
    tx,
    named.map(each => ({
      subject: keyOf(row.id, each.class),
      field: `retained.${each.name}`,
      text: each.text,
    })),
  )
  for (const [i, each] of named.entries()) {
    stays.set(each.class, [...new Set([...(stays.get(each.class) ?? []), each.field])])
    await tx.query(
      'insert into retained (programme_id, erasure_id, class, field, sealed, until) values ($1, $2, $3, $4, $5, $6)',
      [tx.programme, row.id, each.class, each.name, sealed[i], terms.get(each.class)],
    )
  }
}

async function valuesOf(tx: Writer, kit: EraseKit, register: Register, id: string): Promise<Values> {
  const rows = await tx.query<Raw>(
    `select ${selected(register)} from ${register.name} t where t.programme_id = $1 and t.id = $2 for update`,
    [tx.programme, id],
  )
  const [opened] = await openRows(tx, kit, register, rows)
  return opened?.values ?? {}
}

/** Files of theirs: those that a class holds are held, the others are told to be destroyed. */
async function sortFiles(
  tx: Writer,
  { holders }: Erasable,
  row: Asked,
  reached: Reached,
  { terms, stays }: { terms: Terms; stays: Map<RetentionClass, string[]> },
): Promise<string[]> {
  const gone = [
    ...(await attachedTo(tx, reached.register.name, reached.ids)),
    ...(await attachedTo(tx, 'case', await casesAbout(tx, reached.ids))),
  ].map(({ id }) => id)
  for (const { register, ids } of reached.told)
    gone.push(...(await attachedTo(tx, register.name, ids)).map(({ id }) => id))
  for (const holder of holders) {
    if (holder.register !== reached.register.name) continue
    for (const file of (await holder.files?.(tx, reached.ids)) ?? []) {
      const [name] = heldBy(file.retention, terms)
      if (!name) gone.push(file.id)
      else {
        await holdFile(tx, file.id, { erasure: row.id, class: name, until: terms.get(name)! })
        stays.set(name, [...new Set([...(stays.get(name) ?? []), `file.${file.name}`])])
      }
    }
  }
  return [...new Set(gone)]
}

async function casesAbout(tx: Reader, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'select id from process_case where programme_id = $1 and about = any($2::uuid[])',
    [tx.programme, uuidArray(ids)],
  )
  return rows.map(({ id }) => id)
}

/** Keys, and what people said: openings of facts, notes of cases, purposes of looks. */
async function forgetSaid(tx: Writer, kit: EraseKit, reached: Reached, tally: Tally): Promise<void> {
  const rows = [...reached.ids, ...reached.told.flatMap(({ ids }) => ids)]
  const cases = await casesAbout(tx, reached.ids)
  const objections = await tx.query<{ id: string }>(
    'select id from process_objection where programme_id = $1 and case_id = any($2::uuid[])',
    [tx.programme, uuidArray(cases)],
  )
  await kit.vault.erase(tx, [...rows, ...cases, ...objections.map(({ id }) => id)])
  add(tally, 'case', cases.length)
  const openings = await tx.query(
    `delete from fact_private p using fact f where p.programme_id = $1 and f.programme_id = $1 and f.id = p.fact_id
       and f.subject = any($2::text[]) returning 1`,
    [tx.programme, [...rows, ...cases]],
  )
  add(tally, 'opening', openings.length)
  const looks = await tx.query(
    `update access_audit set purpose = '' where programme_id = $1 and subject_id = any($2::text[]) and purpose <> '' returning 1`,
    [tx.programme, [...rows, ...cases]],
  )
  add(tally, 'look', looks.length)
}
