import { checkCharacter } from '@silian/kernel/personal/identity-number.ts'
import { desk, phone } from '../chromium.ts'
import type { Stage, Theatre } from '../stage.ts'
import type { Visitor } from '../visitor.ts'

/** One of the two sides of the world, as those in it call things. */
const sides = {
  one: {
    suffix: '',
    village: ['广西壮族自治区', '百色市', '田阳区', '示范乡', '示范村'],
    county: { code: '451003', name: '田阳区' },
    product: '百色芒果',
    unit: '示范第一机关',
    seat: 1,
  },
  two: {
    suffix: '2',
    village: ['广西壮族自治区', '百色市', '乐业县', '示范镇', '山村'],
    county: { code: '451028', name: '乐业县' },
    product: '高原猕猴桃',
    unit: '示范第二机关',
    seat: 2,
  },
} as const

/** Those of the side; finance bureau and task force are the city's and serve both. */
const own = ['cadre', 'coop', 'buyer', 'approver', 'district', 'county'] as const
const city = ['finance', 'taskforce'] as const
export type Person = (typeof own)[number] | (typeof city)[number]

/** Half of them have a phone on one side of the world, the other half on the other. */
const phones: ReadonlySet<Person> = new Set(['cadre', 'buyer', 'district', 'finance'])

/** The main job on one side: who does it at which screen, and the names of what they make. */
export interface Job {
  readonly stage: Stage
  readonly side: (typeof sides)[keyof typeof sides]
  readonly household: { readonly code: string; readonly identity: string; readonly account: string }
  readonly lot: string
  readonly spec: string
  at(person: Person): Promise<Visitor>
}

export function jobOf(house: Theatre, name: keyof typeof sides): Job {
  const side = sides[name]
  const body = `9999991980010177${side.seat}`
  const isPhone = (person: Person) => phones.has(person) === (name === 'one')
  return {
    get stage() {
      return house.stage
    },
    side,
    household: {
      code: `HH-9${side.seat}`,
      identity: body + checkCharacter(body),
      account: `622200000000009${side.seat}`,
    },
    lot: `M-${side.seat}`,
    spec: `${side.seat} 号整箱`,
    at: person =>
      house.at(
        (own as readonly string[]).includes(person) ? `${person}${side.suffix}` : person,
        isPhone(person) ? phone : desk,
      ),
  }
}

/** A photograph of the smallest size. */
export const photograph = {
  name: 'photograph.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
}

export const orderNumber = /\d{8}-[0-9A-Z]{8}/
