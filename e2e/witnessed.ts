import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { putAreas } from '@silian/kernel/access/areas.ts'
import { createProgramme } from '@silian/kernel/access/programmes.ts'
import { vkey } from '@silian/kernel/log/read.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { standingAccounts, type Whole } from '@silian/server/compose.ts'
import { type Child, startWitnessProcess } from './child-processes.ts'

/** A programme with nothing in it but its log; `more` areas are known beside its own. */
export async function bareProgramme(kit: Whole, id: string, more: readonly string[] = []): Promise<void> {
  const areas = ['440000', '440300', ...more].map(code => ({ code, nameZh: code, nameEn: code }))
  must(await kit.batch.write({ programme: 'platform', actor: 'system' }, tx => putAreas(tx, areas)))
  const named = { id, nameZh: '示范', nameEn: 'Test', areaCode: '440300', demo: true }
  await createProgramme(kit, { ...named, origin: `test.example/demo/${id}` }, standingAccounts)
}

/** Records so many facts in one transaction; the id of the last. */
export async function recordFacts(kit: Whole, programme: string, times = 1): Promise<string> {
  const fact = { type: 'thing.done', subject: 's', holder: 'coop', pub: {} }
  const write = kit.app.write({ programme, actor: 'tester' }, async tx => {
    let id = ''
    for (let n = 0; n < times; n++) ({ id } = await kit.recorder.record(tx, fact))
    return ok(id)
  })
  return must(await write)
}

export interface Witnessed {
  readonly witnesses: readonly Child[]
  /** The file of the logs that they watch. */
  readonly logs: string
  /** The file of the policy that wants them both. */
  readonly policy: string
}

/** Two witnesses of a programme and the platform, each a process of its own. */
export async function startWitnesses(kit: Whole, programme: string, folder: string): Promise<Witnessed> {
  const keys = await Promise.all(['platform', programme].map(id => vkey(kit.app, id)))
  const logs = join(folder, 'logs')
  await writeFile(logs, `${keys.join('\n')}\n`)
  const names = ['bank.example', 'bureau.example']
  const witnesses = await Promise.all(names.map(name => startWitnessProcess({ name, folder, logs })))
  const lines = [...keys.map(key => `log ${key}`), ...witnesses.map(({ said }) => said)]
  const policy = join(folder, 'policy')
  await writeFile(policy, `${lines.join('\n')}\ngroup both all ${names.join(' ')}\nquorum both\n`)
  return { witnesses, logs, policy }
}
