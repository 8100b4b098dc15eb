import { draftBulletin, publishBulletin } from '@silian/chains/assurance/bulletins/service.ts'
import { publishMonth } from '@silian/chains/assurance/figures/service.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { must } from '@silian/kernel/result/result.ts'
import type { Whole } from '@silian/server/compose.ts'
import type { Expectation } from './expectations.ts'
import type { Prepare } from './requests.ts'
import type { Standing } from './stage.ts'

const read = { action: 'bulletin.read', open: 'everyone but client', about: 'nothing' } as const
const write = { action: 'bulletin.write', all: ['task_force', 'finance_officer'], about: 'nothing' } as const

/** Published bulletins are everyone's; they belong to the programme, not to a side of it. */
export const bulletinExpectations: readonly Expectation[] = [
  { route: 'GET /bulletins', ...read },
  { route: 'GET /bulletins/{bulletin}', ...read },
  { route: 'GET /bulletins/{bulletin}/document.docx', ...read },
  { route: 'GET /bulletins/{bulletin}/document.pdf', ...read },
  { route: 'POST /bulletins', ...write },
  { route: 'POST /bulletins/{bulletin}/text', ...write },
  { route: 'POST /bulletins/{bulletin}/publication', ...write },
]

let months = 0
/** Long over, and each asked about once. */
const nextMonth = (): string => {
  months += 1
  return `${2000 + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
}

async function drafted(kit: Whole, { world }: Standing, isPublished: boolean): Promise<string> {
  const month = nextMonth()
  const scope = { programme: world.programme, actor: 'task force' }
  await world.drain()
  must(await publishMonth(kit, scope, { period: month, holder: 'task force' }))
  const { id } = must(await kit.app.write(scope, tx => draftBulletin(tx, { month })))
  if (isPublished) must(await kit.app.write(scope, tx => publishBulletin(tx, kit, 'task force', id, 1)))
  return id
}

const of =
  (path: string, state: 'draft' | 'published', body?: object): Prepare =>
  async (standing, fresh) => {
    const id = fresh ? await drafted(fresh, standing, state === 'published') : newId()
    return { path: `/bulletins/${id}${path}`, ...(body ? { body } : {}) }
  }

const text = { version: 1, title: '月报', sections: [{ heading: '一、总体', text: '平稳', tables: [] }] }

export const bulletinRequests: Readonly<Record<string, Prepare>> = {
  'GET /bulletins': () => ({ path: '/bulletins' }),
  'GET /bulletins/{bulletin}': of('', 'published'),
  'GET /bulletins/{bulletin}/document.docx': of('/document.docx', 'published'),
  'GET /bulletins/{bulletin}/document.pdf': of('/document.pdf', 'published'),
  'POST /bulletins': () => ({ path: '/bulletins', body: { month: nextMonth() } }),
  'POST /bulletins/{bulletin}/text': of('/text', 'draft', text),
  'POST /bulletins/{bulletin}/publication': of('/publication', 'draft', { version: 1 }),
}
