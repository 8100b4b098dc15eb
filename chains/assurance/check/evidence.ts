import type { Reader } from '@silian/kernel/database/database.ts'
import type { Book } from './book.ts'
import { compareTable } from './compare.ts'
import { type Fact, factIn, leafOf } from './entry.ts'
import { faultOf } from './head.ts'
import type { Findings } from './report.ts'
import { Frontier, Tiles } from './tree.ts'

interface EntryRow {
  readonly log_index: number | null
  readonly fact_id: string
  readonly entry_type: string
  readonly entry_leaf: Buffer | null
  readonly id: string | null
  readonly type: string
  readonly at: Date
  readonly key_id: string
  readonly signed_by: string
  readonly entry: Buffer
  readonly leaf_hash: Buffer
}

interface Head {
  readonly size: number
  readonly checkpoint: string
}

export interface LogRow {
  readonly size: number
  readonly origin: string
  readonly checkpoint: string | null
}

export const CHUNK = 2000
const COLUMNS = 'f.id, f.type, f.at, f.key_id, f.signed_by, f.entry, f.leaf_hash'

/** Reads the log's entries and rebuilds its tree, its tiles and the root of every head from their exact bytes. */
export class Evidence {
  readonly #tx: Reader
  readonly #findings: Findings
  readonly #frontier = new Frontier()
  readonly #tiles = new Tiles()
  readonly #roots = new Map<number, Buffer>()
  #heads: readonly Head[] = []
  #nextHead = 0

  constructor(tx: Reader, findings: Findings) {
    this.#tx = tx
    this.#findings = findings
  }

  get size(): number {
    return this.#frontier.size
  }

  /** Entries in log order, some at a time. */
  async *logged(): AsyncGenerator<Fact[]> {
    this.#heads = await this.#tx.query<Head>(
      'select size, checkpoint from log_head where programme_id = $1 order by size',
      [this.#tx.programme],
    )
    for (let after = -1; ; ) {
      const rows = await this.#tx.query<EntryRow>(
        `select e.log_index, e.fact_id, e.type as entry_type, e.leaf_hash as entry_leaf, ${COLUMNS}
         from log_entry e left join fact f on f.programme_id = e.programme_id and f.id = e.fact_id
         where e.programme_id = $1 and e.log_index > $2 order by e.log_index limit ${CHUNK}`,
        [this.#tx.programme, after],
      )
      if (rows.length === 0) return
      yield rows.flatMap(row => this.#entry(row))
      after = rows.at(-1)!.log_index!
    }
  }

  /** Facts that have no place in the log yet, in the order in which they will get one. */
  async pending(): Promise<Fact[]> {
    const rows = await this.#tx.query<EntryRow & { waits: boolean }>(
      `select null as log_index, f.id as fact_id, f.type as entry_type, null as entry_leaf, ${COLUMNS},
         p.fact_id is not null as waits
       from fact f left join log_entry e on e.programme_id = f.programme_id and e.fact_id = f.id
       left join fact_pending p on p.programme_id = f.programme_id and p.fact_id = f.id
       where f.programme_id = $1 and e.fact_id is null order by p.rank, p.place`,
      [this.#tx.programme],
    )
    for (const row of rows)
      if (!row.waits) this.#findings.differs('fact_pending', row.fact_id, '*', 'a row', 'no row')
    await this.#strayPending()
    return rows.flatMap((row, i) => this.#fact(row, this.size + i) ?? [])
  }

  async #strayPending(): Promise<void> {
    const rows = await this.#tx.query<{ fact_id: string; stray: boolean }>(
      `select p.fact_id, e.fact_id is not null or f.id is null as stray from fact_pending p
       left join fact f on f.programme_id = p.programme_id and f.id = p.fact_id
       left join log_entry e on e.programme_id = p.programme_id and e.fact_id = p.fact_id where p.programme_id = $1`,
      [this.#tx.programme],
    )
    this.#findings.count('fact_pending', rows.length)
    for (const { fact_id, stray } of rows)
      if (stray) this.#findings.differs('fact_pending', fact_id, '*', 'no row', 'a row')
  }

  #entry(row: EntryRow): Fact[] {
    const findings = this.#findings
    findings.count('log_entry')
    const key = String(row.log_index)
    if (row.log_index !== this.size) findings.differs('log_entry', key, 'log_index', String(this.size), key)
    const fact = row.id === null ? undefined : this.#fact(row, this.size)
    if (row.id === null) {
      findings.differs('log_entry', key, 'fact_id', 'a fact', row.fact_id)
      findings.differs('fact', row.fact_id, '*', 'a row', 'no row')
    }
    if (fact && fact.type !== row.entry_type)
      findings.differs('log_entry', key, 'type', fact.type, row.entry_type)
    this.#grow(row.id === null ? row.entry_leaf! : leafOf(row.entry))
    return fact ? [fact] : []
  }

  /** The fact in the row's bytes; the columns beside them must say the same. */
  #fact(row: EntryRow, index: number): Fact | undefined {
    const findings = this.#findings
    findings.count('fact')
    const fact = factIn(row.entry, index, row.log_index === null)
    this.#compareLeaves(row)
    if (!fact) {
      findings.differs('fact', row.fact_id, 'entry', 'an entry', 'other bytes')
      return undefined
    }
    const said = {
      id: fact.id,
      type: fact.type,
      at: fact.at.toISOString(),
      key_id: fact.actor,
      signed_by: fact.by,
    }
    const found = { ...row, at: row.at.toISOString() }
    for (const [field, value] of Object.entries(said))
      if (found[field as keyof typeof said] !== value)
        findings.differs('fact', row.fact_id, field, value, String(found[field as keyof typeof said]))
    return fact
  }

  /** Of bytes, column and log the two that agree are believed. */
  #compareLeaves({ entry, leaf_hash, entry_leaf, fact_id, log_index }: EntryRow): void {
    const [bytes, column] = [leafOf(entry).toString('base64'), leaf_hash.toString('base64')]
    const logged = entry_leaf?.toString('base64') ?? column
    if (bytes !== column)
      this.#findings.differs(
        'fact',
        fact_id,
        logged === column ? 'entry' : 'leaf_hash',
        logged,
        logged === column ? bytes : column,
      )
    if (logged !== column && logged !== bytes)
      this.#findings.differs('log_entry', String(log_index), 'leaf_hash', bytes, logged)
  }

  #grow(leaf: Buffer): void {
    this.#frontier.push(leaf)
    this.#tiles.push(leaf)
    if (this.#heads[this.#nextHead]?.size !== this.size) return
    this.#roots.set(this.size, this.#frontier.root())
    this.#nextHead += 1
  }

  /** Heads, tiles and the log's own row against the tree of its entries. `keys`: of the log, raw. */
  async compare(log: LogRow, names: Book['names'], keys: readonly Buffer[]): Promise<void> {
    const findings = this.#findings
    const origin = names.at(-1)?.name ?? ''
    findings.same('log', 'log', 'size', this.size, log.size)
    findings.same('log', 'log', 'origin', origin, log.origin)
    const signed = Math.max(log.size, this.#heads.at(-1)?.size ?? 0)
    if (signed > this.size)
      findings.differs('log_entry', `${this.size}–${signed - 1}`, '*', 'a row each', 'no row')
    for (const { size, checkpoint } of this.#heads) {
      findings.count('log_head')
      const root = this.#roots.get(size)
      const signer = { origin: names.findLast(({ since }) => since < size)?.name ?? '', keys }
      const fault = root ? faultOf(checkpoint, signer, size, root) : 'a size the log never had'
      if (fault)
        findings.differs('log_head', String(size), 'checkpoint', 'the signed head of these entries', fault)
    }
    if (this.size > 0 && this.#heads.at(-1)?.size !== this.size)
      findings.differs('log_head', String(this.size), '*', 'a row', 'no row')
    const fault =
      this.size === 0
        ? undefined
        : faultOf(log.checkpoint ?? '', { origin, keys }, this.size, this.#frontier.root())
    if (fault) findings.differs('log', 'log', 'checkpoint', 'the signed head of these entries', fault)
    await this.#compareTiles()
  }

  async #compareTiles(): Promise<void> {
    this.#tiles.end()
    const rows = [...this.#tiles.digests].map(([place, digest]) => {
      const [level, index] = place.split('/').map(Number)
      return { level: level!, tile_index: index!, digest: Buffer.from(digest, 'base64') }
    })
    await compareTable(this.#tx, this.#findings, {
      table: 'log_tile',
      key: ['level', 'tile_index'],
      from: 'select level, tile_index, sha256(hashes) as digest from log_tile where programme_id = $1',
      rows,
    })
  }
}
