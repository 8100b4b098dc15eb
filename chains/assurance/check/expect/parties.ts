import type { Book } from '../book.ts'
import type { Expectation } from '../compare.ts'
import { map } from './registers.ts'

/** The programme itself, and of its organisations what the figures count them as. */
export function parties(book: Book, programme: string): Expectation[] {
  return [programmes(book, programme), organisations(book)]
}

/** The log of what belongs to no programme tells of all programmes, each other log of its own. */
const programmes = (book: Book, programme: string): Expectation =>
  programme === 'platform'
    ? {
        table: 'programme',
        key: ['id'],
        from: 'select * from programme where $1::text is not null',
        rows: map(book.programmes, (id, { name, area, demo, fact }) => ({
          id,
          name_zh: name,
          area_code: area,
          demo,
          created_at: fact.at,
        })),
      }
    : {
        table: 'programme',
        key: ['id'],
        from: 'select * from programme where id = $1',
        rows: [{ id: programme, name_zh: book.name }],
      }

/** Buyers are of the kind that their completed orders were counted under; it never changes. */
function organisations(book: Book): Expectation {
  const kinds = new Map<string, string | undefined>()
  for (const product of book.products.values()) kinds.set(product.cooperative, undefined)
  for (const declared of book.declarations.values()) kinds.set(declared.unit, undefined)
  for (const [id, order] of book.orders) {
    const counted = book.stepOf(id, 'completed')?.buyerKind
    if (counted !== undefined && !order.citizen) kinds.set(order.buyer, counted)
  }
  return {
    table: 'organisation',
    key: ['id'],
    columns: ['type'],
    rows: map(kinds, (id, type) => ({ id, type })),
    mayStand: () => true,
  }
}
