import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { evidence, evidenceParts } from './evidence/evidence.ts'
import { lines } from './evidence/line.ts'
import { howJudged, people } from './people/people.ts'
import { findPgbench, Missing } from './pgbench.ts'
import { machineLine, type Row, table } from './report.ts'
import { shopParts } from './shop/shop.ts'
import { parts } from './spine/spine.ts'
import { makeStand, type Stand, type StandOptions } from './stand.ts'

const usage = `npm run bench -- spine [--seconds N] [--only ${Object.keys(parts).join(',')}] [--audit-facts N] [--json FILE]
npm run bench -- people [--households N] [--order-lines N] [--only TEXT] [--keep FOLDER] [--json FILE]

  spine    against the bare SQL of the same server
  --seconds      length of one run; every ratio is the median of three interleaved ones (3)
  --only         parts of it, separated by commas
  --audit-facts  entries of the log that is audited end to end (100000)

  people   first pages, filters and figures at a size against a tenth of it
  --households   of the large side (1000000)
  --order-lines  of the large side (2000000)
  --only         questions with this in their name; memory for imports and exports alone
  --keep         a folder for what is generated, used again by the next run

npm run bench -- evidence [--seconds N] [--only ${Object.keys(evidenceParts).join(',')}] [--entries N] [--json FILE]

  evidence  what the log, its witnesses and the verifier take, against what is aimed at
  --entries      of the log that is audited, and leaves of the sum tree (1000000); 20000 for a look

npm run bench -- shop [--seconds N] [--only ${Object.keys(shopParts).join(',')}] [--offers N] [--json FILE]

  shop      the marketplace over HTTP, server and clients in processes of their own, against the bare SQL
  --offers       of 1,000 sellers (100000)

  --json         writes the figures to a file as well`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '3' },
    only: { type: 'string' },
    keep: { type: 'string' },
    'audit-facts': { type: 'string', default: '100000' },
    entries: { type: 'string', default: '1000000' },
    offers: { type: 'string', default: '100000' },
    households: { type: 'string', default: '1000000' },
    'order-lines': { type: 'string', default: '2000000' },
    json: { type: 'string' },
  },
})
const [seconds, auditFacts] = [Number(values.seconds), Number(values['audit-facts'])]
const [households, orderLines] = [Number(values.households), Number(values['order-lines'])]
const [entries, offers] = [Number(values.entries), Number(values.offers)]
const numbers = [seconds, auditFacts, households, orderLines, entries, offers].every(number => number > 0)
/** The parts of a suite that are asked for. */
const chosenOf = (all: object): string[] => values.only?.split(',') ?? Object.keys(all)
interface Measured {
  readonly rows: readonly object[]
  readonly table: string
}
interface Suite extends StandOptions {
  readonly parts?: object
  readonly measured: (stand: Stand) => Promise<Measured>
}
const compared = (rows: Row[]): Measured => ({ rows, table: table(rows) })
const suites: Readonly<Record<string, Suite>> = {
  spine: { parts, measured: async stand => compared(await spine(stand)) },
  people: {
    keep: values.keep,
    durable: false,
    measured: async stand => {
      const rows = await people(stand, { households, orderLines, only: values.only ?? '' })
      return { rows, table: `${table(rows)}\n\n${howJudged}` }
    },
  },
  shop: {
    parts: shopParts,
    measured: async stand => {
      const size = { offers, sellers: 1000, buyers: 1000 }
      const rows: Row[] = []
      for (const part of chosenOf(shopParts)) rows.push(...(await shopParts[part]!({ stand, seconds, size })))
      return compared(rows)
    },
  },
  evidence: {
    parts: evidenceParts,
    measured: async stand => {
      const rows = await evidence({ stand, seconds, entries }, chosenOf(evidenceParts))
      return { rows, table: lines(rows) }
    },
  },
}
const suite = suites[positionals.join()]
const isKnown = ({ parts: all }: Suite) => !all || chosenOf(all).every(name => name in all)
if (!suite || !numbers || !isKnown(suite)) {
  console.error(usage)
  process.exit(2)
}

let interrupted = false
try {
  const machine = await machineLine()
  console.log(machine)
  const { rows, table: text } = await measure(suite)
  console.log(`\n${text}`)
  if (values.json) await writeFile(values.json, `${JSON.stringify({ machine, seconds, rows }, null, 2)}\n`)
} catch (error) {
  // what breaks when the server is taken away is no news
  if (!interrupted) console.error(error instanceof Missing ? error.message : error)
  process.exitCode = error instanceof Missing ? 3 : 1
}

async function measure({ measured, ...options }: Suite): Promise<Measured> {
  const stand = await makeStand(options)
  // ended in order also when interrupted: the server is a process of its own
  const interrupt = () => {
    interrupted = true
    void stand.end().then(() => process.exit(130))
  }
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  try {
    return await measured(stand)
  } finally {
    await stand.end()
  }
}

async function spine(stand: Stand): Promise<Row[]> {
  const pgbench = await findPgbench()
  const rows: Row[] = []
  for (const part of chosenOf(parts)) {
    const made = await parts[part]!({ stand, pgbench, seconds, auditFacts })
    for (const row of made)
      console.error(`${row.what}: ${row.ratio?.toFixed(2) ?? Math.round(row.perSecond ?? 0)}`)
    rows.push(...made)
  }
  return rows
}
