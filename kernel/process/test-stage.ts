import { putAreas } from '../access/areas.ts'
import { createMember, grantRole } from '../access/members.ts'
import { createOrganisation } from '../access/organisations.ts'
import { definePermissions, type Permit } from '../access/permit.ts'
import type { Principal } from '../access/principal.ts'
import type { Role } from '../access/roles.ts'
import type { Scope, Writer } from '../database/database.ts'
import { idFrom } from '../ids/ids.ts'
import { type TestLog, testLog } from '../log/test-log.ts'
import { Vault } from '../personal/vault.ts'
import { must, type Result } from '../result/result.ts'
import type { TestDatabase } from '../testing/test-database.ts'
import { startOf } from '../time/shanghai.ts'
import type { Process } from './define.ts'
import { rolesNow } from './delegate.ts'
import { type Actor, actorOf } from './desk.ts'
import { processGrants } from './grants.ts'
import { type CaseKit, processesOf } from './registry.ts'
import { fireDue, type Round } from './timers.ts'

/** For tests: a programme with two counties, their offices, people with roles, and processes. */
export interface ProcessStage {
  readonly log: TestLog
  readonly kit: CaseKit
  readonly permit: Permit
  readonly programme: string
  id(name: string): string
  /** The day on which what follows happens, at nine in the morning. */
  on(day: string): void
  scope(actor?: string): Scope
  principal(name: string): Promise<Principal>
  actor(name: string): Promise<Actor>
  /** A write as somebody; its result, refusals included. */
  as<T>(name: string, work: (tx: Writer, actor: Actor) => Promise<Result<T>>): Promise<Result<T>>
  rows<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
  /** Fires what is due by the stage's day. */
  tick(): Promise<Round>
}

const areas = [
  ['450000', '广西壮族自治区'],
  ['451000', '百色市'],
  ['451003', '田阳区'],
  ['451003901', '示范乡'],
  ['451028', '乐业县'],
  ['451028901', '示范镇'],
] as const

export const places = [
  ['coop', 'cooperative', '451003901'],
  ['coop2', 'cooperative', '451028901'],
  ['township', 'township', '451003901'],
  ['county', 'county_assistance_office', '451003'],
  ['county2', 'county_assistance_office', '451028'],
  ['city', 'task_force', '451000'],
  ['lab', 'platform_operator', '451000'],
] as const

/** Who there is, by name: role and organisation. Experts are seven; the last belongs to the first co-op. */
export const folk: readonly (readonly [string, Role, string])[] = [
  ['clerk', 'coop_clerk', 'coop'],
  ['clerk-b', 'coop_clerk', 'coop'],
  ['clerk2', 'coop_clerk', 'coop2'],
  ['township', 'township_officer', 'township'],
  ['officer', 'county_officer', 'county'],
  ['officer-b', 'county_officer', 'county'],
  ['officer2', 'county_officer', 'county2'],
  ['mayor', 'county_officer', 'city'],
  ['force', 'task_force', 'city'],
  ['regulator', 'market_regulator', 'city'],
  ...[1, 2, 3, 4, 5, 6].map(n => [`expert${n}`, 'expert', 'lab'] as const),
  ['expert7', 'expert', 'coop'],
]

export async function processStage(
  db: TestDatabase,
  declared: readonly Process[],
  programme = 'shenzhen',
): Promise<ProcessStage> {
  const log = await testLog(db, programme)
  const vault = new Vault(db.secrets)
  const kit: CaseKit = {
    ...{ app: db.app, batch: db.batch, recorder: log.recorder, vault },
    processes: processesOf(declared),
  }
  let at = startOf('2026-01-05')
  const id = (name: string) => idFrom('process-stage', programme, name)
  const scope = (actor = 'system'): Scope => ({ programme, actor, at })
  await setPeople(db, kit, scope, id)
  const principal = async (name: string): Promise<Principal> => ({
    ...{ kind: 'person', id: id(`account ${name}`), memberId: id(`member ${name}`), programme },
    roles: await db.app.read(scope(), tx => rolesNow(tx, id(`member ${name}`))),
  })
  const stage: ProcessStage = {
    ...{ log, kit, programme, id, scope, principal, permit: definePermissions(processGrants(declared)) },
    on: day => {
      at = new Date(startOf(day).getTime() + 9 * 3_600_000)
    },
    actor: async name => {
      const who = await principal(name)
      return db.app.read(scope(who.id), tx => actorOf(tx, who))
    },
    as: async (name, work) => {
      const actor = await stage.actor(name)
      return db.app.write(scope(actor.account), tx => work(tx, actor))
    },
    rows: (text, values) => db.owner(text, values),
    tick: () => fireDue(db.app, kit, scope()),
  }
  stage.on('2026-01-05')
  return stage
}

async function setPeople(
  db: TestDatabase,
  kit: CaseKit,
  scope: () => Scope,
  id: (name: string) => string,
): Promise<void> {
  const inputs = areas.map(([code, nameZh]) => ({ code, nameZh, nameEn: code }))
  must(await db.batch.write({ ...scope(), programme: 'platform' }, tx => putAreas(tx, inputs)))
  const write = async <T>(work: (tx: Writer) => Promise<Result<T>>) => must(await db.app.write(scope(), work))
  for (const [key, type, areaCode] of places)
    await write(tx =>
      createOrganisation(tx, {
        ...{ id: id(key), key, nameZh: `示范${key}`, nameEn: key, type, areaCode, validFrom: '2020-01-01' },
        invented: true,
      }),
    )
  for (const [name, role, organisation] of folk)
    await write(async tx => {
      const memberId = id(`member ${name}`)
      must(
        await createMember(tx, kit.vault, {
          id: memberId,
          accountId: id(`account ${name}`),
          name: `示例${name}`,
        }),
      )
      return grantRole(tx, {
        memberId,
        role,
        organisationId: id(organisation),
        validFrom: startOf('2020-01-01'),
      })
    })
}
