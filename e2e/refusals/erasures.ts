import { newId } from '@silian/kernel/ids/ids.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { keyOf } from '@silian/kernel/retention/term.ts'
import type { Whole } from '@silian/server/compose.ts'
import type { Expectation } from './expectations.ts'
import type { Prepare } from './requests.ts'
import type { Side } from './side.ts'

/** An erasure on a side of which vouchers hold something. */
export async function standingErasure(kit: Whole, { world, village }: Side): Promise<string> {
  const id = newId()
  await world.write(async tx =>
    ok(
      await tx.query(
        `insert into erasure (programme_id, id, register, row_id, area_path, state, asked_at, asked_by, carried_at)
         select $1, $2, 'household', $3, path, 'restricted', $4, 'system', $4 from area where code = $5`,
        [tx.programme, id, newId(), tx.at, village],
      ),
    ),
  )
  await kit.batch.write({ programme: world.programme, actor: 'system' }, async tx => {
    const sealed = await kit.vault.seal(tx, keyOf(id, 'accounting'), 'retained.code', '示例留存')
    return ok(
      await tx.query(
        `insert into retained (programme_id, erasure_id, class, field, sealed, until)
         values ($1, $2, 'accounting', 'code', $3, '2099-01-01')`,
        [tx.programme, id, sealed],
      ),
    )
  })
  return id
}

const offices = ['finance_officer', 'auditor'] as const
const read: Omit<Expectation, 'route'> = {
  ...{
    action: 'erasure.read',
    own: ['village_cadre', 'county_officer'],
    all: offices,
    about: 'organisation',
  },
}
const absent = '404 erasure.not_found'

export const erasureExpectations: readonly Expectation[] = [
  { route: 'GET /erasures', ...read },
  { route: 'GET /erasures/{erasure}', ...read, another: absent },
  { route: 'GET /erasures/{erasure}/receipt.pdf', ...read, another: absent },
  {
    ...{ route: 'POST /erasures/{erasure}/reveal', action: 'erasure.reveal', about: 'organisation' },
    ...{ own: ['county_officer'], all: offices, another: absent },
  },
]

export const erasureRequests: Readonly<Record<string, Prepare>> = {
  'GET /erasures': of => ({ path: '/erasures?limit=200', shows: of.erasure }),
  'GET /erasures/{erasure}': of => ({ path: `/erasures/${of.erasure}`, shows: of.erasure }),
  'GET /erasures/{erasure}/receipt.pdf': of => ({ path: `/erasures/${of.erasure}/receipt.pdf` }),
  'POST /erasures/{erasure}/reveal': of => ({
    path: `/erasures/${of.erasure}/reveal`,
    body: { class: 'accounting', purpose: 'a stated purpose' },
  }),
}

export const erasureKeyless = ['POST /erasures/{erasure}/reveal']

export const erasureQueries = [['/erasures', 'auditor', ['after', 'limit', 'row', 'state']]] as const
