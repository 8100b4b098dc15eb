import { applicants } from './applicants.ts'
import { areaOf } from './areas.ts'
import { inventName } from './identity.ts'
import { type Organisation, organisationOf, organisations, organisationsOfType } from './organisations.ts'
import { mulberry32, type Random } from './random.ts'

export type Role =
  | 'platform_admin'
  | 'security_admin'
  | 'audit_admin'
  | 'task_force'
  | 'finance_officer'
  | 'county_officer'
  | 'district_officer'
  | 'township_officer'
  | 'agriculture_officer'
  | 'platform_reviewer'
  | 'market_regulator'
  | 'expert'
  | 'village_cadre'
  | 'coop_clerk'
  | 'buyer'
  | 'approver'
  | 'accountant'
  | 'canteen_acceptor'
  | 'bank_officer'
  | 'auditor'
  | 'service_point'
  | 'citizen'

export interface Account {
  readonly username: string
  /** Ends in （演示）, so that nobody takes it for a person. */
  readonly displayName: string
  readonly role: Role
  /** A citizen belongs to no organisation. */
  readonly organisation: string | null
  readonly areaCode: string
  readonly source: 'invented'
}

type Row = readonly [username: string, name: string, role: Role, organisation: string]

const inOffice: readonly Row[] = [
  ['admin.platform', '林志远', 'platform_admin', 'platform'],
  ['admin.security', '何晓静', 'security_admin', 'platform'],
  ['admin.audit', '罗建平', 'audit_admin', 'platform'],
  ['taskforce.lead', '陈海明', 'task_force', 'city.task-force'],
  ['finance.city', '吴美玲', 'finance_officer', 'city.finance'],
  ['county.tianyang', '黄志强', 'county_officer', 'county.451003.assistance'],
  ['agriculture.tianyang', '农秀珍', 'agriculture_officer', 'county.451003.agriculture'],
  ['county.dahua', '覃文辉', 'county_officer', 'county.451229.assistance'],
  ['agriculture.dahua', '韦志高', 'agriculture_officer', 'county.451229.agriculture'],
  ['township.tianyang', '黄丽萍', 'township_officer', 'township.tianyang'],
  ['township.dahua', '蓝天宇', 'township_officer', 'township.dahua'],
  ['reviewer.platform', '邱俊杰', 'platform_reviewer', 'platform'],
  ['regulator.city', '方玉洁', 'market_regulator', 'city.regulator'],
  ['expert.first', '沈明远', 'expert', 'city.regulator'],
  ['expert.second', '顾晓岚', 'expert', 'city.regulator'],
  ['expert.third', '钟文涛', 'expert', 'city.procurement'],
  ['expert.fourth', '叶秋生', 'expert', 'city.procurement'],
  ['expert.fifth', '范雨晴', 'expert', 'city.union'],
  ['district.futian', '郑晓燕', 'district_officer', 'district.futian'],
  ['district.baoan', '曾国浩', 'district_officer', 'district.baoan'],
  ['cadre.tianyang', '韦秀兰', 'village_cadre', 'village.tianyang'],
  ['cadre.dahua', '蒙永福', 'village_cadre', 'village.dahua'],
  ['cadre.lianping', '谢春香', 'village_cadre', 'village.lianping'],
  ['coop.tianyang', '岑德生', 'coop_clerk', 'coop.tianyang-mango'],
  ['coop.dahua', '陆金凤', 'coop_clerk', 'coop.dahua-chicken'],
  ['buyer.first', '周敏', 'buyer', 'unit.first'],
  ['approver.first', '梁伟', 'approver', 'unit.first'],
  ['accountant.first', '许丽娜', 'accountant', 'unit.first'],
  ['acceptor.first', '潘桂英', 'canteen_acceptor', 'unit.first'],
  ['buyer.police', '石磊', 'buyer', 'unit.police'],
  ['approver.police', '冯国刚', 'approver', 'unit.police'],
  ['accountant.police', '邓洁', 'accountant', 'unit.police'],
  ['acceptor.police', '卢金莲', 'canteen_acceptor', 'unit.police'],
  ['bank.sandbox', '孙世杰', 'bank_officer', 'city.bank'],
  ['auditor.model', '唐慧', 'auditor', 'city.auditor'],
  ['point.futian', '江慧芳', 'service_point', 'community.futian'],
]

const account = (
  username: string,
  name: string,
  role: Role,
  organisation: string | null,
  areaCode: string,
): Account => ({
  ...{ username, displayName: `${name}（演示）`, role, organisation },
  areaCode: areaOf(areaCode).code,
  source: 'invented',
})

/** The accounts a visitor signs in with: every role at least once. Beside them the `sellers`. */
export const demoAccounts: readonly Account[] = [
  ...inOffice.map(([username, name, role, key]) =>
    account(username, name, role, key, organisationOf(key).areaCode),
  ),
  account('citizen.futian', '宋雪梅', 'citizen', null, '440304'),
  account('citizen.nanshan', '马建华', 'citizen', null, '440305'),
]

const slugOf = ({ key }: Organisation): string =>
  key.startsWith('unit.') ? key.slice('unit.'.length) : key.replaceAll('.', '-')

const buyingRoles: readonly (readonly [prefix: string, role: Role])[] = [
  ['buyer', 'buyer'],
  ['approver', 'approver'],
  ['accountant', 'accountant'],
  ['acceptor', 'canteen_acceptor'],
]

const taken = new Set(demoAccounts.map(({ organisation, role }) => `${organisation}:${role}`))

function staffOf(random: Random, organisation: Organisation, username: string, role: Role): Account[] {
  if (taken.has(`${organisation.key}:${role}`)) return []
  const name = inventName(random, random() < 0.5 ? 'male' : 'female')
  return [account(username, name, role, organisation.key, organisation.areaCode)]
}

function allStaff(): Account[] {
  const random = mulberry32(20250701)
  const buying = organisationsOfType('budget_unit', 'enterprise_buyer', 'canteen_contractor')
  return [
    ...buying.flatMap(unit =>
      buyingRoles.flatMap(([prefix, role]) => staffOf(random, unit, `${prefix}.${slugOf(unit)}`, role)),
    ),
    ...organisations
      .filter(({ type }) => type === 'cooperative' || type === 'enterprise')
      .flatMap(seller => staffOf(random, seller, seller.key, 'coop_clerk')),
    ...organisationsOfType('county_assistance_office', 'county_agriculture_office').flatMap(office =>
      staffOf(
        random,
        office,
        office.key,
        office.type === 'county_agriculture_office' ? 'agriculture_officer' : 'county_officer',
      ),
    ),
  ]
}

/** Those who must act in the other organisations so that the programme's year can be played through. */
export const staff: readonly Account[] = allStaff()

/** The clerks of sellers: whatever is bought, there is somebody to sign in as who packs it. */
export const sellers: readonly Account[] = staff.filter(({ role }) => role === 'coop_clerk')

/** Everybody who can sign in. */
export const signingIn: readonly Account[] = [...demoAccounts, ...sellers]

/** The clerks of those who apply to become suppliers. */
export const applicantClerks: readonly Account[] = (() => {
  const random = mulberry32(20260901)
  return applicants.flatMap(applicant => staffOf(random, applicant, applicant.key, 'coop_clerk'))
})()

const everyone = [...demoAccounts, ...staff, ...applicantClerks]

/** Who does this work for an area, or for the whole programme from the city; throws when nobody does. */
export function whoIsFor(role: Role, areaCode: string): Account {
  const able = everyone.filter(item => item.role === role)
  const found =
    able.find(item => item.areaCode.startsWith(areaCode)) ??
    able.find(item => item.areaCode.startsWith('4403'))
  if (!found) throw new RangeError(`nobody is ${role} for ${areaCode}`)
  return found
}

/** Who does this work in an organisation; throws when nobody does. */
export function whoIs(role: Role, organisation: string): Account {
  const found = everyone.find(item => item.role === role && item.organisation === organisation)
  if (!found) throw new RangeError(`nobody is ${role} in ${organisation}`)
  return found
}
