import { z } from 'zod'
import { linkFormula } from '../../../production/links/contract.ts'
import { type Kind, kind } from './kind.ts'

const recognition = kind(
  z.object({ product: z.string(), from: z.string(), to: z.string() }),
  (book, { product, from, to }, fact) => {
    const before = book.recognitions.get(product) ?? []
    book.recognitions.set(product, [...before, { fact, from, to }])
  },
)

/** 生产链 and 价值链: links, products, lots. */
export const productionKinds: Readonly<Record<string, Kind>> = {
  'link.signed': kind(
    z.object({
      link: z.string(),
      cooperative: z.string(),
      mechanism: z.string(),
      startsOn: z.string(),
      endsOn: z.string(),
    }),
    (book, { link, ...pub }, fact, open) => {
      const text = open.get('formula')
      const formula = text === undefined ? undefined : linkFormula.parse(JSON.parse(text))
      book.tell(book.links, link, { ...pub, fact, household: open.get('household'), formula }, 'link')
    },
    { needsOpenings: true },
  ),
  'link.passed': kind(
    z.object({ link: z.string() }),
    (book, { link }, fact, open) => {
      const passed = { fact, household: open.get('household'), was: open.get('was') }
      book.linksPassed.set(link, [...(book.linksPassed.get(link) ?? []), passed])
    },
    { needsOpenings: true },
  ),
  'product.created': kind(
    z.object({
      product: z.string(),
      key: z.string(),
      name: z.string(),
      class: z.string(),
      county: z.string(),
      cooperative: z.string(),
      unit: z.string(),
    }),
    (book, { product, ...pub }, fact) => book.tell(book.products, product, { ...pub, fact }, 'product'),
  ),
  'product.changed': kind(
    z.object({ product: z.string(), name: z.string(), class: z.string() }),
    (book, { product, ...said }) => {
      const known = book.products.get(product)
      if (known) book.products.set(product, { ...known, ...said })
    },
  ),
  'product.recognised': recognition,
  // the same product with an earlier end
  'product.withdrawn': recognition,
}
