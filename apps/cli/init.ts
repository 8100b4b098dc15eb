import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { createAccount, PLATFORM } from '@silian/kernel/access/accounts.ts'
import { type AreaInput, putAreas } from '@silian/kernel/access/areas.ts'
import { createMember, grantRole } from '@silian/kernel/access/members.ts'
import { createProgramme } from '@silian/kernel/access/programmes.ts'
import type { Config } from '@silian/kernel/config/config.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { must } from '@silian/kernel/result/result.ts'
import { standingAccounts, type Whole } from '@silian/server/compose.ts'
import { beside } from './beside.ts'
import { messages } from './messages.ts'
import { provinceOf } from './provinces.ts'
import { say } from './say.ts'

const administrators = ['platform_admin', 'security_admin', 'audit_admin'] as const
type Administrator = (typeof administrators)[number]

/**
 * `silian init PROGRAMME --name 深圳市 --name-en Shenzhen --area 440300 --origin silian.example.cn/log/shenzhen`: a real
 * programme with its three administrators (三员分立). Their passwords are printed once. Running it again changes nothing.
 */
export async function init(config: Config, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      'name-en': { type: 'string' },
      area: { type: 'string' },
      'area-name': { type: 'string' },
      origin: { type: 'string' },
    },
  })
  const [id] = positionals
  if (!id || !values.name || !values.area || !values.origin) {
    say('init.usage')
    return 2
  }
  const programme = {
    id,
    nameZh: values.name,
    nameEn: values['name-en'] ?? values.name,
    areaCode: values.area,
    demo: false,
    origin: values.origin,
  }
  return beside(config, async ({ kit }) => {
    await ensureAreas(kit, {
      code: programme.areaCode,
      nameZh: values['area-name'] ?? programme.nameZh,
      nameEn: programme.nameEn,
    })
    await createProgramme(kit, programme, standingAccounts)
    let made = 0
    for (const role of administrators) made += (await makeAdministrator(kit, id, role)) ? 1 : 0
    if (made === 0) say('init.exists')
    say('init.areas')
    return 0
  })
}

/** The province above is made with the place itself when the divisions have not been imported yet. */
async function ensureAreas(kit: Whole, place: AreaInput): Promise<void> {
  const areas = [provinceOf(place.code), place].filter(({ code }, at) => at > 0 || code !== place.code)
  const known = await kit.batch.read({ programme: PLATFORM, actor: 'system' }, tx =>
    tx.query<{ code: string }>('select code from area where code = any($1) and name_zh <> code', [
      areas.map(area => area.code),
    ]),
  )
  const missing = areas.filter(area => !known.some(row => row.code === area.code))
  if (missing.length > 0)
    must(await kit.batch.write({ programme: PLATFORM, actor: 'system' }, tx => putAreas(tx, missing)))
}

async function makeAdministrator(kit: Whole, programme: string, role: Administrator): Promise<boolean> {
  const username = `${role.replace('_', '.')}.${programme}`
  const [name] = messages[`init.${role}`]
  const password = randomBytes(12).toString('base64url')
  const accountId = idFrom('administrator', programme, role)
  const account = await kit.app.write({ programme: PLATFORM, actor: 'system' }, tx =>
    createAccount(tx, kit.vault, { id: accountId, username, password, name }),
  )
  if (!account.ok && account.code !== 'account.taken') must(account)
  const member = idFrom('member', programme, role)
  const granted = await kit.app.write({ programme, actor: 'system' }, async tx => {
    const joined = await createMember(tx, kit.vault, { id: member, accountId, name })
    return joined.ok ? grantRole(tx, { memberId: member, role }) : joined
  })
  if (!granted.ok && granted.code !== 'member.exists') must(granted)
  if (account.ok) say('init.done', { username, role, password })
  return account.ok
}
