import type { Reader } from '@silian/kernel/database/database.ts'
import {
  type ActiveLink,
  activeLinkFrom,
  activeLinks,
  activeLinksJson,
  type LinkRow,
} from '../../production/links/reads.ts'
import type { Dividend, Source } from '../../production/links/rules.ts'

/** All that decides how a sale out of a lot is split, and to which household each link leads. */
export interface SaleTerms {
  readonly ownQuantity: number
  readonly sources: readonly Source[]
  readonly dividends: readonly Dividend[]
  readonly householdOf: ReadonlyMap<string, string>
  /** Distinct households that a sale reaches. */
  readonly households: number
}

interface LotOf {
  readonly lotId: string
  readonly cooperativeId: string
}

export async function saleTerms(tx: Reader, { on, ...lot }: LotOf & { on: string }): Promise<SaleTerms> {
  return (await saleTermsOf(tx, { lots: [lot], on }))(lot.lotId, lot.cooperativeId)
}

interface SourceRow {
  readonly link_id: string
  readonly household_id: string
  readonly quantity: number
  readonly price_fen: number
  readonly price_per: number
}

type Share = Dividend & { readonly cooperativeId: string; readonly householdId: string }

const sharesOf = (links: readonly ActiveLink[]): Share[] =>
  links.flatMap(({ id: linkId, cooperativeId, householdId, formula }) =>
    formula.mechanism === 'share_dividend' ? [{ cooperativeId, linkId, householdId, formula }] : [],
  )

export interface TermsJson {
  readonly ownQuantity: number
  readonly sources: SourceRow[]
  readonly links: LinkRow[]
}

/** The terms of one lot `l` and its seller as JSON, which `saleTermsFrom` reads; `$1` is the programme, `$2` the date. */
export const saleTermsJson = (
  cooperativeId: string,
): string => `json_build_object('ownQuantity', l.own_quantity,
    'sources', coalesce((select json_agg(json_build_object('link_id', x.link_id, 'household_id', x.household_id,
        'quantity', x.quantity, 'price_fen', x.price_fen, 'price_per', x.price_per) order by x.link_id)
      from lot_source x where x.programme_id = $1 and x.lot_id = l.id), '[]'),
    'links', ${activeLinksJson(cooperativeId, 'share_dividend')})`

export const saleTermsFrom = ({ ownQuantity, sources, links }: TermsJson): SaleTerms =>
  termsFrom(ownQuantity, sources, sharesOf(links.map(activeLinkFrom)))

/** The same of many lots, in as many statements as of one. */
export async function saleTermsOf(
  tx: Reader,
  { lots, on }: { lots: readonly LotOf[]; on: string },
): Promise<(lotId: string, cooperativeId: string) => SaleTerms> {
  const ids = [...new Set(lots.map(lot => lot.lotId))]
  const cooperativeIds = [...new Set(lots.map(lot => lot.cooperativeId))]
  const [own, rows, links] = await Promise.all([
    tx.query<{ id: string; own_quantity: number }>(
      'select id, own_quantity from lot where programme_id = $1 and id = any($2::uuid[])',
      [tx.programme, ids],
      'terms-lots',
    ),
    tx.query<SourceRow & { lot_id: string }>(
      `select lot_id, link_id, household_id, quantity, price_fen, price_per from lot_source
       where programme_id = $1 and lot_id = any($2::uuid[]) order by link_id`,
      [tx.programme, ids],
      'terms-sources',
    ),
    activeLinks(tx, { cooperativeIds, mechanism: 'share_dividend', on }),
  ])
  const shares = Map.groupBy(sharesOf(links), share => share.cooperativeId)
  const sources = Map.groupBy(rows, row => row.lot_id)
  const owned = new Map(own.map(row => [row.id, row.own_quantity]))
  return (lotId, cooperativeId) =>
    termsFrom(owned.get(lotId) ?? 0, sources.get(lotId) ?? [], shares.get(cooperativeId) ?? [])
}

function termsFrom(ownQuantity: number, rows: readonly SourceRow[], dividends: readonly Share[]): SaleTerms {
  const householdOf = new Map([
    ...rows.map(row => [row.link_id, row.household_id] as const),
    ...dividends.map(share => [share.linkId, share.householdId] as const),
  ])
  return {
    ownQuantity,
    sources: rows.map(row => ({
      linkId: row.link_id,
      quantity: row.quantity,
      price: { fen: row.price_fen, per: row.price_per },
    })),
    dividends,
    householdOf,
    households: new Set(householdOf.values()).size,
  }
}
