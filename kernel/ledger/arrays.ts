import {
  bigintArray,
  boolArray,
  intArray,
  jsonArray,
  textArray,
  timeArray,
  uuidArray,
} from '../database/array.ts'
import type { Entry } from './entry.ts'

/** Numbers things from 1 as they come, the same thing always the same. */
class Numbering {
  readonly names: string[] = []
  readonly #numbers = new Map<string, number>()

  of(name: string): number {
    const known = this.#numbers.get(name)
    if (known) return known
    this.#numbers.set(name, this.names.push(name))
    return this.names.length
  }
}

interface Move {
  readonly entry: number
  readonly no: number
  readonly account: number
  readonly amount: number
  readonly undertaking: string | null
  readonly hold: number
  readonly expires: Date | null
}

/** Entries as the arrays of `ledger_post`, from its third parameter on: see `ledger_decide` for what a move is. */
export function entryArrays(entries: readonly Entry[], at: Date): Buffer[] {
  const accounts = new Numbering()
  const holds = new Numbering()
  const ids = new Map<string, number>()
  const moves: Move[] = []
  const last: number[] = []
  entries.forEach((entry, index) => {
    moves.push(...movesOf(entry, index + 1, accounts, holds))
    last.push(moves.length)
    if (!ids.has(entry.id)) ids.set(entry.id, index + 1)
  })
  return [
    textArray(accounts.names),
    uuidArray(entries.map(entry => entry.id)),
    intArray(entries.map(entry => ids.get(entry.id) ?? null)),
    timeArray(entries.map(entry => entry.at ?? at)),
    textArray(entries.map(entry => entry.kind)),
    textArray(entries.map(entry => entry.subject ?? null)),
    boolArray(entries.map(entry => entry.observed ?? false)),
    uuidArray(entries.map(entry => entry.reverses ?? null)),
    jsonArray(entries.map(entry => (entry.note ? JSON.stringify(entry.note) : null))),
    intArray(last),
    intArray(moves.map(move => move.entry)),
    intArray(moves.map(move => move.no)),
    intArray(moves.map(move => move.account)),
    bigintArray(moves.map(move => move.amount)),
    uuidArray(moves.map(move => move.undertaking)),
    intArray(moves.map(move => move.hold)),
    timeArray(moves.map(move => move.expires)),
    uuidArray(holds.names),
  ]
}

function movesOf(entry: Entry, number: number, accounts: Numbering, holds: Numbering): Move[] {
  const move = { entry: number, no: 0, account: 0, undertaking: null, hold: 0, expires: null }
  return [
    ...entry.postings.map((posting, index) => ({
      ...move,
      no: index + 1,
      account: accounts.of(posting.account),
      amount: posting.amount,
      undertaking: posting.undertaking ?? null,
    })),
    ...(entry.releases ?? []).map(release => ({
      ...move,
      hold: holds.of(release.hold),
      amount: -release.amount,
    })),
    ...(entry.holds ?? []).map(hold => ({
      ...move,
      account: accounts.of(hold.account),
      hold: holds.of(hold.id),
      amount: hold.amount,
      expires: hold.expiresAt ?? null,
    })),
  ]
}
