import { registerHouseholds } from '@silian/chains/production/households/service.ts'
import { signLink } from '@silian/chains/production/links/service.ts'
import { admitSupplier } from '@silian/chains/production/suppliers/service.ts'
import { pavilion } from '@silian/chains/supply/catalogue/pavilion.register.ts'
import { listOffer } from '@silian/chains/supply/catalogue/service.ts'
import { addRule, decideDeclaration, declare, registerCanteen } from '@silian/chains/supply/quota/service.ts'
import { bringIn } from '@silian/chains/value/lots/service.ts'
import { createProduct, recogniseProduct } from '@silian/chains/value/products/service.ts'
import { createAccount, hashOf } from '@silian/kernel/access/accounts.ts'
import { putAreas } from '@silian/kernel/access/areas.ts'
import { createMember, grantRole } from '@silian/kernel/access/members.ts'
import { createOrganisation, type OrganisationInput } from '@silian/kernel/access/organisations.ts'
import type { Reach } from '@silian/kernel/access/permit.ts'
import { createProgramme } from '@silian/kernel/access/programmes.ts'
import type { Role } from '@silian/kernel/access/roles.ts'
import type { Database, Writer } from '@silian/kernel/database/database.ts'
import { runSubscriptions } from '@silian/kernel/fact/subscribe.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { drain } from '@silian/kernel/log/sequencer.ts'
import { checkCharacter } from '@silian/kernel/personal/identity-number.ts'
import { createRow } from '@silian/kernel/register/service.ts'
import { must, ok, type Result } from '@silian/kernel/result/result.ts'
import { allSubscriptions, standingAccounts, type Whole } from '@silian/server/compose.ts'
import { makeRow, rowOfSide, sampled } from './register-samples.ts'

/** A programme of the smallest size in which the main job runs: one of everything, two where one could be confused. */
export interface SmallWorld {
  readonly programme: string
  readonly id: (name: string) => string
  /** Runs a command as the system, at the world's time. */
  write<T>(work: (tx: Writer) => Promise<Result<T>>, actor?: string): Promise<T>
  /** Sequences what waits and lets every subscription catch up, until nothing moves. */
  drain(): Promise<void>
}

export const worldTime = new Date('2025-10-08T02:00:00Z')

const areas = [
  ['440000', '广东省', 'Guangdong'],
  ['440300', '深圳市', 'Shenzhen'],
  ['440304', '福田区', 'Futian'],
  ['440303', '罗湖区', 'Luohu'],
  ['450000', '广西壮族自治区', 'Guangxi'],
  ['451000', '百色市', 'Baise'],
  ['451003', '田阳区', 'Tianyang'],
  ['451028', '乐业县', 'Leye'],
  ['451003901', '示范乡', 'Shifan'],
  ['451003901001', '示范村', 'Shifan Village'],
  ['451003901002', '邻村', 'Next Village'],
  ['451028901', '示范镇', 'Shifan Town'],
  ['451028901001', '山村', 'Hill Village'],
] as const

const organisations: readonly Omit<OrganisationInput, 'id'>[] = [
  { key: 'task-force', nameZh: '示范专班', nameEn: 'Task force', type: 'task_force', areaCode: '440300' },
  {
    key: 'finance',
    nameZh: '示范财政局',
    nameEn: 'Finance bureau',
    type: 'finance_bureau',
    areaCode: '440300',
  },
  {
    key: 'futian',
    nameZh: '示范区办',
    nameEn: 'District office',
    type: 'district_office',
    areaCode: '440304',
  },
  {
    key: 'luohu',
    nameZh: '示范二区办',
    nameEn: 'Second district office',
    type: 'district_office',
    areaCode: '440303',
  },
  { key: 'unit', nameZh: '示范第一机关', nameEn: 'First unit', type: 'budget_unit', areaCode: '440304' },
  { key: 'unit2', nameZh: '示范第二机关', nameEn: 'Second unit', type: 'budget_unit', areaCode: '440303' },
  {
    key: 'tianyang',
    nameZh: '示范县办',
    nameEn: 'County office',
    type: 'county_assistance_office',
    areaCode: '451003',
  },
  {
    key: 'leye',
    nameZh: '示范二县办',
    nameEn: 'Second county office',
    type: 'county_assistance_office',
    areaCode: '451028',
  },
  { key: 'village', nameZh: '示范村委会', nameEn: 'Village', type: 'village', areaCode: '451003901001' },
  {
    key: 'village2',
    nameZh: '山村村委会',
    nameEn: 'Second village',
    type: 'village',
    areaCode: '451028901001',
  },
  {
    key: 'coop',
    nameZh: '示范芒果合作社',
    nameEn: 'Mango co-operative',
    type: 'cooperative',
    areaCode: '451003',
  },
  {
    key: 'coop2',
    nameZh: '示范猕猴桃合作社',
    nameEn: 'Kiwi co-operative',
    type: 'cooperative',
    areaCode: '451028',
  },
  {
    ...{ key: 'community', nameZh: '示范社区服务站', nameEn: 'Service point' },
    ...{ type: 'community', areaCode: '440304' },
  },
  {
    ...{ key: 'community2', nameZh: '邻社区服务站', nameEn: 'Second service point' },
    ...{ type: 'community', areaCode: '440303' },
  },
  { key: 'bank', nameZh: '示范银行', nameEn: 'Bank', type: 'bank', areaCode: '440300' },
  { key: 'auditor', nameZh: '示范审计', nameEn: 'Auditor', type: 'auditor', areaCode: '440300' },
  { key: 'township', nameZh: '示范乡政府', nameEn: 'Township', type: 'township', areaCode: '451003901' },
  {
    ...{ key: 'agriculture', nameZh: '示范农业局', nameEn: 'Agriculture office' },
    ...{ type: 'county_agriculture_office', areaCode: '451003' },
  },
  { key: 'platform', nameZh: '示范平台', nameEn: 'Platform', type: 'platform_operator', areaCode: '440300' },
  {
    key: 'regulator',
    nameZh: '示范监管局',
    nameEn: 'Regulator',
    type: 'market_regulator',
    areaCode: '440300',
  },
]

/** Who signs in: user name, role, organisation. Every role stands twice where it has an own side. */
export const people: readonly (readonly [string, Role, string?])[] = [
  ['admin', 'platform_admin'],
  ['security', 'security_admin'],
  ['audit', 'audit_admin'],
  ['taskforce', 'task_force', 'task-force'],
  ['finance', 'finance_officer', 'finance'],
  ['auditor', 'auditor', 'auditor'],
  ['district', 'district_officer', 'futian'],
  ['district2', 'district_officer', 'luohu'],
  ['county', 'county_officer', 'tianyang'],
  ['county2', 'county_officer', 'leye'],
  ['cadre', 'village_cadre', 'village'],
  ['cadre2', 'village_cadre', 'village2'],
  ['coop', 'coop_clerk', 'coop'],
  ['coop2', 'coop_clerk', 'coop2'],
  ['buyer', 'buyer', 'unit'],
  ['buyer2', 'buyer', 'unit2'],
  ['approver', 'approver', 'unit'],
  ['approver2', 'approver', 'unit2'],
  ['accountant', 'accountant', 'unit'],
  ['accountant2', 'accountant', 'unit2'],
  ['acceptor', 'canteen_acceptor', 'unit'],
  ['acceptor2', 'canteen_acceptor', 'unit2'],
  ['bank', 'bank_officer', 'bank'],
  ['township', 'township_officer', 'township'],
  ['township-b', 'township_officer', 'township'],
  ['agriculture', 'agriculture_officer', 'agriculture'],
  ['reviewer', 'platform_reviewer', 'platform'],
  ['regulator', 'market_regulator', 'regulator'],
  ['expert', 'expert', 'regulator'],
  ['expert2', 'expert', 'regulator'],
  ['expert3', 'expert', 'regulator'],
  ['expert4', 'expert', 'regulator'],
  ['expert5', 'expert', 'regulator'],
  ['point', 'service_point', 'community'],
  ['point2', 'service_point', 'community2'],
  ['citizen', 'citizen'],
]

export const worldPassword = 'a long test password'

export interface SmallWorldOptions {
  readonly programme?: string
  /** Grams harvested for the first lot, by households and the co-op. */
  readonly ownGrams?: number
  readonly baseFen?: number
  readonly accounts?: boolean
  /** How many experts there are to draw from; all five unless a test wants every one of them on a panel of fewer. */
  readonly experts?: number
}

const everything = (programme: string): Reach => ({
  programme,
  everything: true,
  areaPaths: [],
  organisationIds: [],
  personIds: [],
})

/** Makes the world by calling the services, at a set time. */
export async function smallWorld(kit: Whole, options: SmallWorldOptions = {}): Promise<SmallWorld> {
  const programme = options.programme ?? 'shenzhen'
  const id = (name: string) => idFrom('small-world', programme, name)
  const write = async <T>(work: (tx: Writer) => Promise<Result<T>>, actor = 'system') =>
    must(await kit.app.write({ programme, actor, at: worldTime }, work))
  await putBaseAreas(kit.batch)
  await createProgramme(
    kit,
    {
      id: programme,
      nameZh: '示范',
      nameEn: 'Test',
      areaCode: '440300',
      demo: true,
      origin: `test.example/demo/${programme}`,
      at: worldTime,
    },
    standingAccounts,
  )
  for (const organisation of organisations)
    await write(tx =>
      createOrganisation(tx, {
        ...organisation,
        id: id(organisation.key),
        invented: true,
        validFrom: '2020-01-01',
      }),
    )
  const reach = everything(programme)
  await makeProduction(kit, reach, id, write, options)
  await makeSupply(kit, reach, id, write, options)
  await makeSamples(kit, programme, id, write)
  if (options.accounts) await makePeople(kit, programme, id, options.experts ?? 5)
  const world: SmallWorld = { programme, id, write, drain: () => settle(kit, programme) }
  await world.drain()
  return world
}

type Write = SmallWorld['write']

async function putBaseAreas(batch: Database): Promise<void> {
  const inputs = areas.map(([code, nameZh, nameEn]) => ({ code, nameZh, nameEn }))
  must(
    await batch.write({ programme: 'platform', actor: 'system', at: worldTime }, tx => putAreas(tx, inputs)),
  )
}

async function makeProduction(
  kit: Whole,
  reach: Reach,
  id: (name: string) => string,
  write: Write,
  options: SmallWorldOptions,
): Promise<void> {
  const households = ['h1', 'h2', 'h3'].map((name, i) => ({
    id: id(name),
    values: {
      code: `HH-${i + 1}`,
      villageCode: i < 2 ? '451003901001' : '451028901001',
      class: 'lifted',
      cause: 'illness',
      bankAccount: `622200000000000${i}`,
    },
    parts: { member: [0, 1].map(n => testMember(i, n)) },
  }))
  await write(tx => registerHouseholds(tx, kit, reach, households))
  const period = { startsOn: '2025-01-01', endsOn: '2026-12-31' }
  await write(tx =>
    createProduct(tx, kit, reach, testProduct(id('mango'), 'mango', '百色芒果', '451003', id('coop'))),
  )
  await write(tx =>
    createProduct(tx, kit, reach, testProduct(id('kiwi'), 'kiwi', '高原猕猴桃', '451028', id('coop2'))),
  )
  const buying = {
    mechanism: 'order_purchase' as const,
    productId: id('mango'),
    floor: { fen: 200, per: 500 },
    premiumBp: 500,
  }
  const shares = {
    mechanism: 'share_dividend' as const,
    poolBp: 1000,
    basicShares: 2,
    careShares: 1,
    fundShares: 0,
  }
  await write(tx =>
    signLink(tx, kit, reach, {
      id: id('l1'),
      cooperativeId: id('coop'),
      householdId: id('h1'),
      ...period,
      formula: buying,
    }),
  )
  await write(tx =>
    signLink(tx, kit, reach, {
      id: id('l2'),
      cooperativeId: id('coop'),
      householdId: id('h2'),
      ...period,
      formula: shares,
    }),
  )
  await write(tx =>
    signLink(tx, kit, reach, {
      id: id('l3'),
      cooperativeId: id('coop2'),
      householdId: id('h3'),
      ...period,
      formula: shares,
    }),
  )
  for (const product of ['mango', 'kiwi'])
    await write(tx => recogniseProduct(tx, kit, reach, id(product), { from: '2025-01-01', to: '2026-12-31' }))
  const own = options.ownGrams ?? 500_000
  await write(tx =>
    bringIn(tx, kit, reach, {
      id: id('lot1'),
      code: 'L1',
      productId: id('mango'),
      harvestedOn: '2025-10-01',
      ownQuantity: own,
      sources: [{ linkId: id('l1'), quantity: own }],
    }),
  )
  await write(tx =>
    bringIn(tx, kit, reach, {
      id: id('lot2'),
      code: 'L2',
      productId: id('kiwi'),
      harvestedOn: '2025-10-01',
      ownQuantity: 1_000_000,
      sources: [],
    }),
  )
}

/** A row of every declared register on either side. */
async function makeSamples(
  kit: Whole,
  programme: string,
  id: (name: string) => string,
  write: Write,
): Promise<void> {
  for (const [n, village, county, district] of [
    ['', '451003901001', '451003', '440304'],
    ['2', '451028901001', '451028', '440303'],
  ] as const) {
    const household = id(n === '' ? 'h1' : 'h3')
    const side = { village, county, district, household, coop: id(`coop${n}`), unit: id(`unit${n}`) }
    const rowOf = (name: string) => rowOfSide(name, { ...side, programme, id })
    for (const register of sampled)
      await write(tx => makeRow(tx, kit, register, { ...side, rowOf }, rowOf(register.name)))
    const certificates = [{ kind: 'licence', validTo: '2030-12-31' }]
    await write(tx =>
      admitSupplier(tx, kit, {
        organisationId: side.coop,
        state: 'active',
        since: '2020-01-01',
        certificates,
      }),
    )
  }
}

const testProduct = (id: string, key: string, nameZh: string, countyCode: string, cooperativeId: string) => ({
  id,
  key,
  nameZh,
  nameEn: key,
  class: key === 'kiwi' ? 'fruit/berry/kiwi' : 'fruit/tropical/mango',
  countyCode,
  cooperativeId,
  unit: 'g' as const,
  storyZh: '',
  storyEn: '',
  source: 'invented',
})

/** Invented, with an area no identity number can have. */
function testMember(household: number, n: number) {
  const body = `99999919800101${String(household * 10 + n).padStart(3, '0')}`
  return {
    name: n === 0 ? '示例甲' : '示例乙',
    idNumber: body + checkCharacter(body),
    phone: `1000000000${household}`,
    relation: n === 0 ? 'head' : 'spouse',
    sex: n === 0 ? 'male' : 'female',
    labour: 'ordinary',
  }
}

async function makeSupply(
  kit: Whole,
  reach: Reach,
  id: (name: string) => string,
  write: Write,
  options: SmallWorldOptions,
): Promise<void> {
  await write(tx =>
    createRow(tx, kit, pavilion, reach, {
      values: {
        ...{ key: 'assistance', nameZh: '采购帮扶馆', nameEn: 'Pavilion', state: 'open', place: 0 },
        ...{ seenBy: ['public'], recognisedOnly: true, source: 'invented' },
      },
    }),
  )
  // without its files: who wants bytes takes a picture in
  for (const [media, product] of [
    ['media', 'mango'],
    ['media2', 'kiwi'],
  ] as const)
    await write(async tx =>
      ok(
        await tx.query(
          `insert into product_media (programme_id, id, product_id, place, alt_zh, alt_en, small_id, middle_id, large_id, width,
             height, added_by, added_at) values ($1, $2, $3, 1, '', '', $2, $2, $2, 1, 1, 'system', $4)`,
          [tx.programme, id(media), id(product), tx.at],
        ),
      ),
    )
  const offer = { specZh: '10斤装', specEn: '5 kg', perPiece: 5000, priceFen: 8000, shipDays: 7 as const }
  await write(tx =>
    listOffer(tx, kit, reach, { ...offer, id: id('offer1'), productId: id('mango'), lotId: id('lot1') }),
  )
  await write(tx =>
    listOffer(tx, kit, reach, {
      ...offer,
      id: id('offer2'),
      productId: id('kiwi'),
      lotId: id('lot2'),
      priceFen: 9000,
    }),
  )
  await write(tx =>
    listOffer(tx, kit, reach, {
      ...offer,
      id: id('offer3'),
      productId: id('mango'),
      lotId: id('lot1'),
      specZh: '5斤装',
      perPiece: 2500,
      priceFen: 4200,
    }),
  )
  const rule = {
    year: 2025,
    areaCode: '440300',
    base: 'canteen_food' as const,
    ratioBp: 1500,
    productAreas: [],
    channels: ['platform' as const],
    recognisedOnly: true,
    source: 'P10',
  }
  await write(tx => addRule(tx, kit, id('finance'), { ...rule, id: id('rule') }))
  for (const [n, unit, areaCode] of [
    ['', 'unit', '440304'],
    ['2', 'unit2', '440303'],
  ] as const) {
    await write(tx =>
      registerCanteen(tx, reach, {
        id: id(`canteen${n}`),
        nameZh: '机关食堂',
        nameEn: 'Canteen',
        areaCode,
        unitIds: [id(unit)],
      }),
    )
    const baseFen = options.baseFen ?? 10_000_000
    const declaration = {
      id: id(`declaration${n}`),
      unitId: id(unit),
      canteenId: id(`canteen${n}`),
      year: 2025,
      kind: 'own' as const,
      baseFen,
      reservedFen: Math.ceil(baseFen * 0.15),
    }
    await write(tx => declare(tx, kit, reach, declaration))
    await write(tx =>
      decideDeclaration(tx, kit, reach, id('finance'), declaration.id, { approve: true, note: '' }),
    )
  }
}

async function makePeople(
  kit: Whole,
  programme: string,
  id: (name: string) => string,
  experts: number,
): Promise<void> {
  const absent = people.filter(([, role]) => role === 'expert').slice(experts)
  const hash = await hashOf(worldPassword)
  for (const [username, role, organisation] of people.filter(person => !absent.includes(person))) {
    const accountId = id(`account ${username}`)
    const name = `示例${username}`
    must(
      await kit.app.write({ programme: 'platform', actor: 'system', at: worldTime }, tx =>
        createAccount(tx, kit.vault, {
          id: accountId,
          username: `${username}.${programme}`,
          password: worldPassword,
          hash,
          name,
        }),
      ),
    )
    must(
      await kit.app.write({ programme, actor: 'system', at: worldTime }, async tx => {
        const member = must(
          await createMember(tx, kit.vault, { id: id(`member ${username}`), accountId, name }),
        )
        return grantRole(tx, {
          memberId: member.id,
          role,
          ...(organisation ? { organisationId: id(organisation) } : {}),
        })
      }),
    )
  }
}

async function settle(kit: Whole, programme: string): Promise<void> {
  for (let moved = 1; moved > 0; ) {
    moved = await drain(kit.batch, kit.keyring, programme, { at: worldTime })
    moved += await runSubscriptions(kit.batch, programme, allSubscriptions(kit), {
      at: worldTime,
      onFailure: failure => {
        throw failure.error
      },
    })
  }
}
