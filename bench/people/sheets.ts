// Time and memory of sheets at a size and at ten times of it, each in a process of its own:
//   node bench/people/sheets.ts [rows]
import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { openSheets } from '@silian/kernel/sheets/read.ts'
import { type OutValue, type TableColumn, tableSheet } from '@silian/kernel/sheets/table.ts'
import { writeWorkbook } from '@silian/kernel/sheets/write.ts'
import { machineLine } from '../report.ts'
import { watchMemory } from './memory.ts'

const formats = [
  ...([
    'text',
    'text',
    'fen',
    'whole',
    'date',
    'gram',
    'text',
    'text',
    'whole',
    'whole',
    'text',
    'text',
  ] as const),
]
const columns = formats.map((format, i): TableColumn => ({ label: `列${i + 1}`, format }))

function* rows(count: number): Generator<OutValue[]> {
  for (let i = 0; i < count; i++)
    yield [
      ...[
        `H${i}`,
        '巴马瑶族自治县那桃乡',
        i,
        i % 7,
        `2024-0${1 + (i % 9)}-11`,
        i,
        '因病',
        `示范户${i % 1000}`,
      ],
      ...[i % 300, i, '贫困户<&>', `备注 ${i}`],
    ]
}

const work: Readonly<Record<string, (path: string, count: number) => Promise<unknown>>> = {
  write: (path, count) =>
    pipeline(
      writeWorkbook([tableSheet({ name: '清单', columns, rows: rows(count) })]),
      createWriteStream(path),
    ),
  read: (path, count) => read(path, count, false),
  'read, merged cells filled': (path, count) => read(path, count, true),
}

async function read(path: string, count: number, filled: boolean): Promise<void> {
  const file = await openSheets(path)
  let seen = 0
  for await (const row of file.rows('清单', { filled })) seen += row.cells.length > 0 ? 1 : 0
  file.close()
  if (seen !== count + 1) throw new Error(`${seen} rows instead of ${count + 1}`)
}

/** One piece of work in a process of its own, that nothing before it has used memory. */
async function measured(name: string, path: string, count: number): Promise<void> {
  const memory = watchMemory()
  const [began, cpu] = [performance.now(), process.cpuUsage()]
  await work[name]!(path, count)
  const { user, system } = process.cpuUsage(cpu)
  const { peak, live } = memory.end()
  const figures = [
    `${((performance.now() - began) / 1000).toFixed(2)} s`,
    `CPU ${((user + system) / 1e6).toFixed(2)} s`,
    `${peak} MiB at most, of it ${live} MiB in use`,
  ]
  console.log(`${name}, ${count} rows × ${columns.length}: ${figures.join(', ')}`)
}

const [, , given = '200000', name, path] = process.argv
if (name !== undefined && path !== undefined) await measured(name, path, Number(given))
else {
  console.log(await machineLine())
  const folder = await mkdtemp(join(tmpdir(), 'silian-sheets-'))
  try {
    for (const count of [Number(given) / 10, Number(given)])
      for (const each of Object.keys(work)) {
        const args = ['--expose-gc', import.meta.filename, String(count), each, join(folder, `${count}.xlsx`)]
        console.log((await promisify(execFile)(process.execPath, args)).stdout.trim())
      }
  } finally {
    await rm(folder, { recursive: true })
  }
}
