import { type Answer, type Asker, askers, keyed, sendOf } from './asker.ts'
import { type Expectation, expectations } from './expectations.ts'
import type { Ground } from './ground.ts'
import type { Shot } from './requests.ts'
import type { Stage, Standing } from './stage.ts'

/** Whose thing is asked for, and under which programme's address. */
export type About = 'own' | 'other' | 'foreign' | 'abroad'
const aboutOf: Readonly<Record<Expectation['about'], readonly About[]>> = {
  organisation: ['own', 'other', 'foreign', 'abroad'],
  area: ['own', 'other', 'abroad'],
  nothing: ['own', 'abroad'],
}

export interface Case {
  readonly asker: Asker
  readonly about: About
  /** `200`, or a status with the code that is told. */
  readonly told: string
  /** Whether an answer of 200 shows the thing. */
  readonly shown: boolean
}

/**
 * Everybody asks for what is their own side's. For another's ask those whom the line names, the public, the machine, and
 * one of all others, at each route the next: to every one of them it makes no difference whose it is, and what they are
 * told of their own is what they would be told.
 */
export const casesOf = (line: Expectation): Case[] =>
  aboutOf[line.about].flatMap((about, n) =>
    (about === 'own' ? askers : strangersOf(line, n)).map(asker => caseOf(line, asker, about)),
  )

/**
 * Who is answered. Documents take long to make: of each thing's one is asked for, by the first who may; that others may
 * read what stands in it is asked at the routes of its figures.
 */
export function servedOf(line: Expectation): Case[] {
  const served = casesOf(line).filter(({ told }) => told === '200')
  if (!/\.(pdf|docx)$/.test(line.route)) return served
  return served.filter(({ about }, at) => served.findIndex(other => other.about === about) === at)
}

function strangersOf(line: Expectation, n: number): Asker[] {
  const { own = [], all = [], none = [] } = line
  const named = new Set<Asker>(['public', 'client', ...own, ...all, ...none])
  const others = askers.filter(asker => !named.has(asker))
  return [...named, ...others.slice((turns.get(line)! + n) % Math.max(1, others.length)).slice(0, 1)]
}

const turns = new Map(expectations.map((line, turn) => [line, turn]))

/** The lines at the head of the table of expectations, as code. */
function caseOf(line: Expectation, asker: Asker, about: About): Case {
  const { open, own = [], all = [], none = [], another, alien = another } = line
  const is = (told: string, shown = false): Case => ({ asker, about, told, shown })
  const isOpen = open === 'everyone' || (open !== undefined && asker !== 'client')
  const may = (list: readonly Asker[]) => list.includes(asker)
  const refused = asker === 'public' ? '401 sign_in.required' : '403 action.forbidden'
  if (about === 'abroad' && asker === 'client') return is('401 credential.forged')
  if (about === 'abroad') return isOpen ? is('200', true) : is(refused)
  if (!isOpen && !may(own) && !may(all) && !may(none)) return is(refused)
  if (line.always) return is(line.always)
  if (about === 'foreign') return is(alien ?? '200')
  if (may(none)) return is(another ?? '200')
  const isTheirs = about === 'own' || may(all) || (isOpen && another === undefined)
  return isTheirs ? is('200', true) : is(another ?? '200')
}

export const holderOf = ({ own, other, foreign }: Stage, about: About): Standing =>
  ({ own, other, foreign, abroad: foreign })[about]

export function ask(
  { http, stage, signedIn }: Ground,
  line: Expectation,
  of: Case,
  shot: Shot,
): Promise<Answer> {
  const [method] = line.route.split(' ')
  const { programme } = (of.about === 'abroad' ? stage.foreign : stage.own).world
  return http({ ...sendOf(method!, programme, shot), headers: keyed(signedIn.get(of.asker)!) })
}

export const nameOf = ({ asker, about }: Case): string => `${asker} asks for ${about}`
export const toldIn = ({ status, body }: Answer): string =>
  status === 200 ? '200' : `${status} ${body.code}`

/** Somebody who may. */
export const asksRightly = ({ own = [], all = [] }: Expectation): Asker => own[0] ?? all[0] ?? 'public'
