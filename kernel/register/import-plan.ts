import type { Words } from '../declared/words.ts'
import { plain } from '../imports/columns.ts'
import { Refused } from '../result/result.ts'
import { cellText, type SheetRow } from '../sheets/cell.ts'
import type { SheetFile } from '../sheets/read.ts'
import type { Register } from './define.ts'
import { type Labels, labelsFor, lackedBy, type Places, placesIn, titlesFor } from './import-headings.ts'

/** What a sheet holds: rows, rows of a part, or lines that are a part's with their row's columns beside them. */
export interface SheetPlan {
  readonly sheet: string
  /** The row of the heading; all below it are data. */
  readonly heading: number
  /** Places of the register's columns; of a part's sheet, the key alone. */
  readonly main: Places
  /** Of a flat sheet and a part's. */
  readonly part: { readonly name: string; readonly places: Places } | undefined
  readonly holds: 'rows' | 'lines' | 'part'
}

/** A title, a date and a note may stand above the heading. */
const LOOKED_AT = 15

/**
 * Finds out which sheets are the register's and its parts', by their titles or headings; others are left alone.
 * Throws `Refused`: `import.empty`, `import.columns_missing` {columns}, `import.column_twice` {column}.
 */
export async function planSheets(file: SheetFile, register: Register, words: Words): Promise<SheetPlan[]> {
  const look = new Looking(register, words)
  const plans: SheetPlan[] = []
  for (const sheet of file.sheets) {
    const plan = look.at(sheet, await firstRows(file, sheet))
    if (plan) plans.push(plan)
  }
  if (plans.some(plan => plan.holds !== 'part')) return plans
  if (!look.sawAnything) throw new Refused('import.empty')
  throw new Refused('import.columns_missing', {
    columns: lackedBy(words, register, register.columns, new Map()),
  })
}

async function firstRows(file: SheetFile, sheet: string): Promise<SheetRow[]> {
  const rows: SheetRow[] = []
  for await (const row of file.rows(sheet)) if (rows.push(row) >= LOOKED_AT) break
  return rows
}

class Looking {
  sawAnything = false
  readonly #register: Register
  readonly #words: Words
  readonly #main: Labels
  readonly #parts: ReadonlyMap<string, Labels>

  constructor(register: Register, words: Words) {
    this.#register = register
    this.#words = words
    this.#main = labelsFor(words, register.name, register.columns)
    this.#parts = new Map(
      Object.entries(register.parts).map(([part, { columns }]) => [
        part,
        labelsFor(words, register.name, columns, `${part}.`),
      ]),
    )
  }

  at(sheet: string, rows: readonly SheetRow[]): SheetPlan | undefined {
    if (rows.length > 0) this.sawAnything = true
    const heading = this.#headingIn(rows)
    if (!heading) return undefined
    const titled = this.#titled(sheet)
    const part = this.#partOf(heading, titled)
    if (part !== undefined) return this.#part(sheet, heading, part)
    const flat = titled === 'main' ? undefined : this.#flatPart(heading)
    return flat === undefined ? this.#rows(sheet, heading) : this.#lines(sheet, heading, flat)
  }

  /** The row with most of our labels; two at least, one of them the key's. */
  #headingIn(rows: readonly SheetRow[]): SheetRow | undefined {
    let best: { row: SheetRow; hits: number } | undefined
    for (const row of rows) {
      const labels = new Set(row.cells.map(cell => plain(cellText(cell))))
      const sets = [this.#main, ...this.#parts.values()]
      const hits = [...labels].filter(label => sets.some(set => set.has(label))).length
      const hasKey = [...labels].some(label => this.#main.get(label) === this.#register.key)
      if (hasKey && hits >= 2 && hits > (best?.hits ?? 0)) best = { row, hits }
    }
    return best?.row
  }

  #titled(sheet: string): string | undefined {
    const { name } = this.#register
    if (titlesFor(this.#words, name, 'title').has(plain(sheet))) return 'main'
    return [...this.#parts.keys()].find(part =>
      titlesFor(this.#words, name, `part.${part}`).has(plain(sheet)),
    )
  }

  /** The part whose sheet this is: by its title, or because most of what it has is the part's alone. */
  #partOf({ cells }: SheetRow, titled: string | undefined): string | undefined {
    const labels = cells.map(cell => plain(cellText(cell)))
    const lacks = lackedBy(
      this.#words,
      this.#register,
      this.#register.columns,
      placesOrNone(cells, this.#main),
    )
    if (titled !== undefined && titled !== 'main') return lacks.length === 0 ? undefined : titled
    if (titled === 'main' || lacks.length === 0) return undefined
    const ours = labels.filter(label => this.#main.has(label)).length
    const scored = [...this.#parts].map(([part, set]) => ({
      part,
      hits: labels.filter(label => set.has(label)).length,
    }))
    return scored.filter(({ hits }) => hits >= ours).sort((a, b) => b.hits - a.hits)[0]?.part
  }

  #flatPart({ cells }: SheetRow): string | undefined {
    for (const [part, labels] of this.#parts) {
      const [, places] = placesIn(cells, [this.#main, labels])
      const { columns } = this.#register.parts[part]!
      if (
        places!.size > 0 &&
        lackedBy(this.#words, this.#register, columns, places!, `${part}.`).length === 0
      )
        return part
    }
    return undefined
  }

  #rows(sheet: string, { cells, number }: SheetRow): SheetPlan {
    const [main] = placesIn(cells, [this.#main])
    this.#complete(lackedBy(this.#words, this.#register, this.#register.columns, main!))
    return { sheet, heading: number, main: main!, part: undefined, holds: 'rows' }
  }

  #lines(sheet: string, { cells, number }: SheetRow, name: string): SheetPlan {
    const [main, places] = placesIn(cells, [this.#main, this.#parts.get(name)!])
    this.#complete(lackedBy(this.#words, this.#register, this.#register.columns, main!))
    return { sheet, heading: number, main: main!, part: { name, places: places! }, holds: 'lines' }
  }

  #part(sheet: string, { cells, number }: SheetRow, name: string): SheetPlan {
    const { key, parts } = this.#register
    const keys = new Map([...this.#main].filter(([, column]) => column === key))
    const [places, main] = placesIn(cells, [this.#parts.get(name)!, keys])
    this.#complete(lackedBy(this.#words, this.#register, parts[name]!.columns, places!, `${name}.`))
    return { sheet, heading: number, main: main!, part: { name, places: places! }, holds: 'part' }
  }

  #complete(lacking: readonly string[]): void {
    if (lacking.length > 0) throw new Refused('import.columns_missing', { columns: lacking })
  }
}

function placesOrNone(cells: SheetRow['cells'], labels: Labels): Places {
  const found = new Map<string, number>()
  for (const [place, cell] of cells.entries()) {
    const name = labels.get(plain(cellText(cell)))
    if (name !== undefined) found.set(name, place)
  }
  return found
}
