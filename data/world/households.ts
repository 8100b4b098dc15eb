import { type Area, villagesOf } from './areas.ts'
import {
  type CauseCode,
  causes,
  type Health,
  type HouseholdClass,
  householdClasses,
  type LabourAbility,
  type Relation,
  sizesPerTenThousand,
} from './household-terms.ts'
import {
  inventBankAccount,
  inventIdNumber,
  inventName,
  inventPhone,
  pickSurname,
  type Sex,
} from './identity.ts'
import { between, deal, mulberry32, type Random } from './random.ts'

export interface Member {
  readonly name: string
  readonly relation: Relation
  readonly sex: Sex
  readonly birthYear: number
  readonly birthDate: string
  readonly idNumber: string
  readonly health: Health
  readonly labour: LabourAbility
}

export interface Household {
  readonly code: string
  readonly villageCode: string
  readonly phone: string
  readonly bankAccount: string
  readonly cause: CauseCode
  readonly class: HouseholdClass
  /** The head comes first. */
  readonly members: readonly Member[]
  readonly source: 'invented'
}

/** Ages are counted to the year of the demonstration; there is no clock here. */
export const worldYear = 2025

interface Place {
  readonly relation: Relation
  readonly sex: Sex
  readonly birthYear: number
}

/** In which order a household fills up; a head living alone is often old. */
function placesOf(random: Random, size: number): Place[] {
  const headSex: Sex = random() < 0.78 ? 'male' : 'female'
  const headBorn = size === 1 ? between(random, 1942, 1975) : between(random, 1962, 1988)
  const child = (gap: number): Place => {
    const sex: Sex = random() < 0.52 ? 'male' : 'female'
    return { relation: sex === 'male' ? 'son' : 'daughter', sex, birthYear: headBorn + gap }
  }
  const all: Place[] = [
    { relation: 'head', sex: headSex, birthYear: headBorn },
    {
      relation: 'spouse',
      sex: headSex === 'male' ? 'female' : 'male',
      birthYear: headBorn + between(random, -3, 4),
    },
    child(between(random, 22, 26)),
    child(between(random, 27, 31)),
    { relation: 'mother', sex: 'female', birthYear: headBorn - between(random, 20, 24) },
    { relation: 'father', sex: 'male', birthYear: headBorn - between(random, 21, 25) },
  ]
  const withoutSpouse = size === 2 && random() < 0.3
  return withoutSpouse ? [all[0] as Place, all[2] as Place] : all.slice(0, size)
}

function labourOf(random: Random, age: number, health: Health): LabourAbility {
  if (age < 16) return 'none'
  if (health === 'serious' || health === 'disabled') return 'lost'
  if (age >= 66) return 'none'
  return random() < 0.12 ? 'skilled' : 'ordinary'
}

/** The cause must show in the members: somebody is ill, somebody is disabled, nobody can work. */
function healthOf(random: Random, cause: CauseCode, isHead: boolean, age: number): Health {
  if (isHead && cause === 'illness') return random() < 0.45 ? 'serious' : 'chronic'
  if (isHead && cause === 'disability') return 'disabled'
  return random() < (age >= 60 ? 0.25 : 0.03) ? 'chronic' : 'healthy'
}

const birthDateOf = (random: Random, year: number): string =>
  `${year}-${String(between(random, 1, 12)).padStart(2, '0')}-${String(between(random, 1, 28)).padStart(2, '0')}`

/** Children bear the father's surname; whoever married in bears another, as often as chance has it. */
function surnamesOf(random: Random, headSex: Sex): (relation: Relation) => string {
  const head = pickSurname(random)
  const spouse = pickSurname(random)
  const mother = pickSurname(random)
  return relation => {
    if (relation === 'spouse') return spouse
    if (relation === 'mother') return mother
    if (relation === 'son' || relation === 'daughter') return headSex === 'male' ? head : spouse
    return head
  }
}

function membersOf(random: Random, size: number, cause: CauseCode, firstSerial: number): Member[] {
  const places = placesOf(random, size)
  const surname = surnamesOf(random, (places[0] as Place).sex)
  return places.map(({ relation, sex, birthYear }, index) => {
    const age = worldYear - birthYear
    const health = healthOf(random, cause, index === 0, age)
    const birthDate = birthDateOf(random, birthYear)
    return {
      name: inventName(random, sex, surname(relation)),
      ...{ relation, sex, birthYear, birthDate, health },
      idNumber: inventIdNumber(firstSerial + index, birthDate, sex),
      labour: cause === 'labour' && index === 0 ? 'lost' : labourOf(random, age, health),
    }
  })
}

const shareOf = <T>(items: readonly { readonly code: T; readonly permille: number }[]) =>
  items.map(({ code, permille }) => [code, permille] as const)

/** School fees can weigh only on families with children; the counts stay as dealt. */
function giveSchoolingToFamilies(dealt: CauseCode[], sizes: readonly number[]): CauseCode[] {
  const free = sizes.flatMap((size, index) => (size >= 3 && dealt[index] !== 'schooling' ? [index] : []))
  for (const [index, cause] of dealt.entries()) {
    if (cause !== 'schooling' || (sizes[index] as number) >= 3) continue
    const family = free.shift()
    if (family === undefined) break
    dealt[index] = dealt[family] as CauseCode
    dealt[family] = 'schooling'
  }
  return dealt
}

/**
 * Households spread evenly over the villages. Sizes, causes and classes are dealt, not drawn, so that their
 * counts are exact for any number of households.
 */
export function generateHouseholds(
  count: number,
  seed: number,
  villages: readonly Area[] = villagesOf('shenzhen'),
): Household[] {
  const random = mulberry32(seed)
  const sizes = deal(
    random,
    count,
    sizesPerTenThousand.map((weight, index) => [index + 1, weight] as const),
  )
  const dealtCauses = giveSchoolingToFamilies(deal(random, count, shareOf(causes)), sizes)
  const dealtClasses = deal(random, count, shareOf(householdClasses))
  let serial = 0
  return sizes.map((size, index) => {
    const villageCode = (villages[index % villages.length] as Area).code
    const cause = dealtCauses[index] as CauseCode
    const members = membersOf(random, size, cause, serial)
    serial += size
    return {
      code: `${villageCode}${String(Math.floor(index / villages.length) + 1).padStart(4, '0')}`,
      villageCode,
      phone: inventPhone(index),
      bankAccount: inventBankAccount(index),
      cause,
      class: dealtClasses[index] as HouseholdClass,
      members,
      source: 'invented',
    }
  })
}

/** A household can work if any member can. */
export const hasLabour = ({ members }: Household): boolean =>
  members.some(({ labour }) => labour === 'ordinary' || labour === 'skilled')
