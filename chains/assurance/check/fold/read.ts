import { z } from 'zod'
import type { Book, Openings } from '../book.ts'
import type { Fact } from '../entry.ts'
import type { Findings } from '../report.ts'
import { assuranceKinds } from './assurance.ts'
import { evidenceKinds } from './evidence.ts'
import type { Kind } from './kind.ts'
import { productionKinds } from './production.ts'
import { registerKinds } from './registers.ts'
import { supplyKinds } from './supply.ts'

const kinds: Readonly<Record<string, Kind>> = {
  ...evidenceKinds,
  ...registerKinds,
  ...productionKinds,
  ...supplyKinds,
  ...assuranceKinds,
}

/** Kinds that are read before all others, because they say how those are counted. */
const readBefore = new Set(['metric.defined', 'figure.published'])

/** Reads one fact into the book, or says why it cannot be read. */
export function read(book: Book, findings: Findings, fact: Fact, open: Openings): void {
  const kind = kinds[fact.type]
  if (!kind) {
    if (!readBefore.has(fact.type))
      findings.notRecomputed[fact.type] = (findings.notRecomputed[fact.type] ?? 0) + 1
    return
  }
  for (const field of Object.keys(fact.c)) {
    if (open.has(field)) continue
    if (kind.needsOpenings) findings.differs('fact_private', `${fact.id}/${field}`, '*', 'a row', 'no row')
    else findings.erased += 1
  }
  try {
    kind.read(book, fact, open)
  } catch (error) {
    const field = error instanceof z.ZodError ? error.issues[0]?.path.join('.') : undefined
    findings.differs('fact', fact.id, `pub.${field ?? ''}`, `what ${fact.type} promises`, null)
  }
}
