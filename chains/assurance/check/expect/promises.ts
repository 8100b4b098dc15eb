import type { Book, Declaration, Link } from '../book.ts'
import { AnyOf, type Expectation, type Row, type Value } from '../compare.ts'
import { promiseeOf } from '../derive.ts'
import { targetOf } from './ledger-of.ts'
import { map } from './registers.ts'

/** Rules, declarations, and what was promised: links to households and the year's reserved shares. */
export function promises(book: Book, programme: string, today: string): Expectation[] {
  const targets = [...book.declarations].filter(([id]) => book.decisions.get(id)?.state === 'confirmed')
  return [
    rules(book),
    declarations(book),
    {
      table: 'undertaking',
      key: ['id'],
      rows: [
        ...map(book.links, (id, link) => linkRow(id, link, promiseeOf(book, id), today)),
        ...targets.map(([id, declared]) => targetRow(book, programme, id, declared, today)),
      ],
    },
    {
      table: 'undertaking_due',
      key: ['undertaking_id', 'no'],
      rows: targets
        .filter(([, { reservedFen }]) => reservedFen > 0)
        .map(([id, { year, reservedFen }]) => ({
          undertaking_id: targetOf(id),
          no: 1,
          due_on: `${year}-12-31`,
          amount: reservedFen,
        })),
    },
  ]
}

const rules = (book: Book): Expectation => ({
  table: 'quota_rule',
  key: ['id'],
  rows: map(book.rules, (id, rule) => ({
    id,
    year: rule.year,
    area_code: rule.areaCode,
    base: rule.base,
    ratio_bp: rule.ratioBp,
    product_areas: rule.productAreas,
    channels: rule.channels,
    recognised_only: rule.recognisedOnly,
    not_below_last: rule.notBelowLastYear ?? false,
    declare_by: rule.declareBy ?? null,
    source: rule.source,
    created_at: rule.fact.at,
  })),
})

const declarations = (book: Book): Expectation => ({
  table: 'declaration',
  key: ['id'],
  rows: map(book.declarations, (id, declared) => {
    const decided = book.decisions.get(id)
    return {
      id,
      unit_id: declared.unit,
      year: declared.year,
      rule_id: declared.rule,
      kind: declared.kind,
      base_fen: declared.baseFen,
      reserved_fen: declared.reservedFen,
      state: decided?.state ?? 'declared',
      declared_at: declared.fact.at,
      decided_at: decided?.fact.at ?? null,
      target_id: decided?.state === 'confirmed' ? targetOf(id) : null,
    }
  }),
})

/** Open until its last day is over; then a job decides, and no fact says when it has run. */
const stateFrom = (endsOn: string, today: string): Value =>
  endsOn < today ? new AnyOf('open', 'kept', 'broken') : 'open'

const linkRow = (id: string, link: Link, household: string | undefined, today: string): Row => ({
  id,
  kind: `link.${link.mechanism}`,
  promisor: link.cooperative,
  promisee: household,
  unit: 'fen',
  bound: 'floor',
  formula: link.formula,
  starts_on: link.startsOn,
  ends_on: link.endsOn,
  state: stateFrom(link.endsOn, today),
  predecessor: null,
  signed_at: link.fact.at,
})

function targetRow(book: Book, programme: string, id: string, declared: Declaration, today: string): Row {
  const endsOn = `${declared.year}-12-31`
  return {
    id: targetOf(id),
    kind: 'quota.target',
    promisor: declared.unit,
    promisee: `programme:${programme}`,
    unit: 'fen',
    bound: 'floor',
    formula: { declaration: id, reservedFen: declared.reservedFen },
    starts_on: `${declared.year}-01-01`,
    ends_on: endsOn,
    state: stateFrom(endsOn, today),
    predecessor: null,
    signed_at: book.decisions.get(id)!.fact.at,
  }
}
