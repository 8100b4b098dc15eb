import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { logSource } from '@silian/e2e/log-source.ts'
import { checkpoint } from '@silian/kernel/log/read.ts'
import { bundlePathsOf, tilePath, tilesOf } from '@silian/verifier/tiles.ts'
import { cpuOf } from '../cpu.ts'
import { type LogStage, scope } from '../spine/log-stage.ts'
import { type Line, seconds } from './line.ts'
import { peakOf } from './peak.ts'

const program = join(import.meta.dirname, '../../verifier/main.ts')
const MILLION = 1_000_000
/** Seconds for a million entries. */
const AIM = 180

/** `silian verify` over a copy of the log in a folder, in a process of its own that the database takes nothing from. */
export async function auditLine(stage: LogStage, folder: string, key: string): Promise<Line> {
  const size = await copied(stage, folder)
  const begun = performance.now()
  const child = spawn(process.execPath, [program, 'audit', folder, '--vkey', key], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const exit = once(child, 'exit')
  let memory: number | undefined
  let cpu = 0
  const look = setInterval(async () => {
    memory = (await peakOf(child.pid!)) ?? memory
    cpu = (await cpuOf(child.pid!)) ?? cpu
  }, 100)
  const [code] = await exit
  const took = (performance.now() - begun) / 1000
  clearInterval(look)
  if (code !== 0) throw new Error(`the audit of ${size} entries ended with ${code}`)
  const aim = (AIM * size) / MILLION
  return {
    what: `audit of ${size} entries`,
    aim: size < MILLION ? `≤ ${seconds(aim)} (3 min a million)` : '≤ 3 min',
    figure: seconds(took),
    ratio: aim / took,
    memory,
    note: `${Math.round(size / took)} entries/s, CPU ${seconds(cpu / 1000)}`,
  }
}

/** Writes every file of the log to a folder; its size. */
async function copied({ app }: LogStage, folder: string): Promise<number> {
  const fetchBytes = logSource(app, scope.programme)
  const note = (await checkpoint(app, scope.programme)) ?? ''
  const size = Number(note.split('\n')[1])
  await writeFile(join(folder, 'checkpoint'), note)
  const paths = [...bundlePathsOf(size), ...Array.from(tilesOf(size), tilePath)]
  for (const path of paths) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, await fetchBytes(path))
  }
  return size
}
