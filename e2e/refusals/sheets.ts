import { intakes } from '@silian/chains/declared.ts'
import { registers } from '@silian/chains/registers.ts'
import { roles } from '@silian/kernel/access/roles.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import type { Register } from '@silian/kernel/register/define.ts'
import { isFindable } from '@silian/kernel/register/find.ts'
import type { Expectation } from './expectations.ts'
import { whoMay } from './registers.ts'
import type { Shot } from './requests.ts'

const imported = [
  ...registers.filter(({ permit }) => permit.import),
  ...intakes.map(({ register }) => register),
]
const at = ({ name }: Register, path: string): string => `/registers/${name}/${path}`

const exports = (register: Register): Expectation[] =>
  ['GET', ...(isFindable(register) ? ['POST'] : [])].flatMap(method =>
    ['xlsx', 'csv'].map(as => ({
      ...{ route: `${method} ${at(register, `export.${as}`)}`, action: `${register.name}.read` },
      ...{ ...whoMay(register, 'read'), about: 'organisation' as const },
    })),
  )

function imports(register: Register): Expectation[] {
  const line = { action: `${register.name}.import`, ...whoMay(register, 'import'), about: 'nothing' as const }
  return [
    { ...line, route: `GET ${at(register, 'template.xlsx')}` },
    { ...line, route: `GET ${at(register, 'imports')}` },
    // only who sent a file may import it, and only who asked for an import may look at it
    { ...line, route: `POST ${at(register, 'imports')}`, always: '404 file.not_found' },
    { ...line, route: `GET ${at(register, 'imports/{run}')}`, always: '404 import.not_found' },
  ]
}

/** What the sheets of each declared register, and files, are expected to tell. */
export const sheetExpectations: readonly Expectation[] = [
  ...registers.flatMap(exports),
  ...imported.flatMap(imports),
  { route: 'POST /files', action: 'file.upload', all: roles, about: 'nothing' },
  {
    route: 'GET /files/{file}',
    ...{ action: 'file.read', all: roles, about: 'nothing', always: '404 file.not_found' },
  },
]

/** Routes whose body is no JSON. */
export const rawRoutes: readonly string[] = [
  'POST /files',
  'POST /products/{product}/media',
  'POST /payment-notices/{provider}',
]

/** How each is asked. */
export const sheetRequests: Readonly<Record<string, () => Shot>> = {
  ...Object.fromEntries(
    sheetExpectations.map(({ route }) => {
      const [method, path] = route.split(' ')
      const sent = path!.includes('/export.') ? { language: 'en' } : { file: newId(), dryRun: true }
      const body = method === 'POST' ? { body: sent } : {}
      return [route, (): Shot => ({ path: path!.replace(/\{\w+\}/, newId()), ...body })]
    }),
  ),
  'POST /files': () => ({ path: '/files?name=a.csv&kind=attachment', body: { text: newId() } }),
}
