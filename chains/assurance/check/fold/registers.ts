import { isSealed } from '@silian/kernel/declared/columns.ts'
import type { Register } from '@silian/kernel/register/define.ts'
import { z } from 'zod'
import { registers } from '../../../registers.ts'
import type { Book, Openings, TellsOfRow } from '../book.ts'
import type { Fact } from '../entry.ts'
import { type Kind, kind } from './kind.ts'

const happenings = ['registered', 'changed', 'closed', 'succeeded'] as const

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])
const hidden = z.object({
  values: z.record(z.string(), value),
  parts: z.record(z.string(), z.number().int()),
})

/** What is told of a row of any declared register. Facts of before registers were declared have no version. */
const told = (name: string) =>
  z.looseObject({
    [name]: z.string(),
    version: z.number().int().default(1),
    validFrom: z.string().optional(),
    validTo: z.string().optional(),
    county: z.string().optional(),
    to: z.array(z.string()).optional(),
  })

/** The kinds of facts of every declared register. */
export const registerKinds: Readonly<Record<string, Kind>> = Object.fromEntries(
  registers.flatMap(register =>
    happenings.map(happening => [
      `${register.name}.${happening}`,
      kind(told(register.name), (book, pub, fact, open) => tell(book, register, pub, fact, open)),
    ]),
  ),
)

function tell(
  book: Book,
  register: Register,
  pub: Record<string, unknown>,
  fact: Fact,
  open: Openings,
): void {
  const id = String(pub[register.name])
  const row = readHidden(open)
  if (Array.isArray(pub.to)) book.successors.set(`${register.name}/${id}`, { fact, to: pub.to.map(String) })
  const openValues = Object.entries(register.columns).flatMap(([name, column]) =>
    column.open && !isSealed(column) && name in pub ? [[name, pub[name]] as const] : [],
  )
  const values = { ...row?.values, ...Object.fromEntries(openValues) } as TellsOfRow['values']
  const place = values[register.parties.area ?? '']
  const told = {
    ...{ fact, version: Number(pub.version), county: pub.county as string | undefined },
    ...{ validFrom: pub.validFrom as string | undefined, validTo: pub.validTo as string | undefined },
    ...{ values, parts: row?.parts },
  }
  book.tellRow(register.name, id, told, typeof place === 'string' ? place : undefined)
}

/** The hidden part in its present form, or what a household's said before it was declared. */
function readHidden(open: Openings): z.output<typeof hidden> | undefined {
  const text = open.get('row')
  if (text !== undefined) return hidden.parse(JSON.parse(text))
  const [code, villageCode, members] = ['code', 'village', 'members'].map(name => open.get(name))
  if (code === undefined || villageCode === undefined || members === undefined) return undefined
  return { values: { code, villageCode, memberCount: Number(members) }, parts: { member: Number(members) } }
}
