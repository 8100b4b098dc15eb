import { dateOf } from '@silian/kernel/time/shanghai.ts'
import type { Book } from './book.ts'
import type { Note } from './consistency.ts'
import { promiseeOf } from './derive.ts'
import type { Fact } from './entry.ts'

/** What passed over went to whom the succession named, and all of it: links, what households wait for, what sellers are owed. */
export function comparePassed(note: Note, book: Book): void {
  compareLinks(note, book)
  compareBenefits(note, book)
  comparePayables(note, book)
}

/** Who goes on for one; two or more, after a split, take nothing over by themselves. */
const heirOf = (book: Book, kind: string, id: string | undefined): string =>
  book.successors.get(`${kind}/${id}`)?.to.join() ?? 'nobody'

function compareLinks(note: Note, book: Book): void {
  for (const [id, passings] of book.linksPassed) {
    let had = book.links.get(id)?.household
    for (const { fact, household, was } of passings) {
      note(fact.id, 'was', had ?? '', was)
      note(fact.id, 'household', heirOf(book, 'household', was), household)
      had = household
    }
  }
  for (const [id, link] of book.links) {
    const has = promiseeOf(book, id)
    const ended = book.successors.get(`household/${has}`)
    // one whose last day was over may have been settled before
    if (has && ended && link.endsOn >= dateOf(ended.fact.at) && link.fact.index < ended.fact.index)
      note(link.fact.id, 'household', heirOf(book, 'household', has), has)
  }
}

function compareBenefits(note: Note, book: Book): void {
  const parts = new Map<string, { household: string; readonly fen: number }>()
  for (const [order, { fact, parts: told }] of book.settlements) {
    const asked = book.stepOf(order, 'completed')?.fact.index ?? fact.index
    for (const { household, link, fen } of told) {
      parts.set(`${order}/${link}`, { household, fen })
      goesOn(note, book, fact.id, asked, 'household', household)
    }
  }
  for (const [household, { fact, to, fen, parts: names }] of inOrder(book.benefitsPassed)) {
    note(fact.id, 'to', heirOf(book, 'household', household), to)
    let sum = 0
    for (const part of names.map(name => parts.get(name))) {
      note(fact.id, 'household', household, part?.household)
      sum += part?.fen ?? 0
      if (part) part.household = to
    }
    note(fact.id, 'fen', sum, fen)
  }
}

function comparePayables(note: Note, book: Book): void {
  const settled = [...book.settlements]
  const passed = inOrder(book.payablesPassed)
  for (const [organisation, { fact, to, fen }] of passed) {
    note(fact.id, 'to', heirOf(book, 'organisation', organisation), to)
    const before = (told: { readonly fact: Fact }) => told.fact.index < fact.index
    const sales = settled.filter(([, told]) => before(told) && (told.payee ?? told.seller) === organisation)
    const taken = passed.filter(([, told]) => before(told) && told.to === organisation)
    note(fact.id, 'fen', sum(sales.map(([, s]) => s.cooperativeFen)) + sum(taken.map(([, t]) => t.fen)), fen)
  }
  for (const [order, { fact, seller, payee }] of settled) {
    if (payee !== undefined) note(fact.id, 'payee', true, lineOf(book, seller).includes(payee))
    const asked = book.stepOf(order, 'completed')?.fact.index ?? fact.index
    goesOn(note, book, fact.id, asked, 'organisation', payee ?? seller)
  }
}

/** Who had ended in the log before a settlement was asked for is paid nothing by it. */
function goesOn(note: Note, book: Book, fact: string, asked: number, kind: string, id: string): void {
  const ended = book.successors.get(`${kind}/${id}`)
  if (ended?.to.length === 1 && ended.fact.index < asked) note(fact, kind, ended.to[0]!, id)
}

/** Those who went on for an organisation, one after the other. */
function lineOf(book: Book, id: string): string[] {
  const next = book.successors.get(`organisation/${id}`)?.to[0]
  return next === undefined ? [] : [next, ...lineOf(book, next)]
}

const inOrder = <T extends { readonly fact: Fact }>(told: ReadonlyMap<string, T>): [string, T][] =>
  [...told].sort(([, a], [, b]) => a.fact.index - b.fact.index)

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0)
