import type { NewDeclaration } from '@silian/chains/supply/quota/contract.ts'
import { addRule, decideDeclaration, declare, registerCanteen } from '@silian/chains/supply/quota/service.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { organisationOf } from '../world/organisations.ts'
import { whoIs } from '../world/people.ts'
import { type Declaration, declarations2025, enterpriseBudgets2025, minimumBpFor } from '../world/quota.ts'
import { acting, financeOf, organisationId, programmeOf } from './people.ts'
import type { Stage } from './stage.ts'

/** The national rule of P7 as the programme's own, for its root area. */
export async function makeRule(stage: Stage, area: string, year: number, at: Date): Promise<void> {
  const { who, holder } = acting(stage, financeOf(stage), 'quota.rule')
  await stage.command({ who, at, key: `rule ${year}` }, tx =>
    addRule(tx, stage.kit, holder, {
      ...{ id: stage.id('rule', String(year)), year, areaCode: area, base: 'canteen_food' },
      ...{ ratioBp: minimumBpFor(year, area)!, productAreas: [], channels: ['platform'] },
      ...{ recognisedOnly: true, source: 'P7' },
    }),
  )
}

interface Declaring {
  readonly unit: string
  readonly kind: NewDeclaration['kind']
  readonly baseFen: number
  readonly reservedFen: number
  /** Key of the canteen, which is that of the unit that declares for it. */
  readonly canteen: string | null
  readonly contractor: string | null
}

const kinds = {
  own: 'own',
  shared_lead: 'own',
  shared_member: 'shared',
  none: 'none',
  outsourced: 'outsourced',
} as const

const ofUnit = ({ unit, canteen, canteenFoodFen, reservedFen, contractor }: Declaration): Declaring => ({
  ...{ unit, kind: kinds[canteen], baseFen: canteenFoodFen, reservedFen, contractor },
  canteen: canteenFoodFen > 0 ? unit : null,
})

/** Companies owe nothing; ours declare the food of their canteens of their own will, at the rule's ratio. */
const ofEnterprise = ({ unit, yearFen }: { unit: string; yearFen: number }): Declaring => ({
  ...{ unit, kind: 'own', baseFen: yearFen, canteen: unit, contractor: null },
  reservedFen: Math.ceil((yearFen * minimumBpFor(2025, '440300')!) / 10_000),
})

const everyone: readonly Declaring[] = [
  ...declarations2025.map(ofUnit),
  ...enterpriseBudgets2025.map(ofEnterprise),
]

const declaringIn = ({ programme }: Stage): Declaring[] =>
  everyone.filter(({ unit }) => programmeOf(organisationOf(unit).areaCode) === programme)

export async function makeCanteens(stage: Stage, at: Date): Promise<void> {
  const { who, reach } = acting(stage, financeOf(stage), 'canteen.register')
  await stage.command({ who, at, key: 'canteens' }, async tx => {
    for (const { unit, canteen, contractor } of declaringIn(stage)) {
      if (!canteen) continue
      const sharers = declarations2025.filter(({ declaredBy }) => declaredBy === unit)
      const { name, nameEn, areaCode } = organisationOf(unit)
      must(
        await registerCanteen(tx, reach, {
          ...{ id: stage.id('canteen', unit), nameZh: `${name}食堂`, nameEn: `Canteen, ${nameEn}`, areaCode },
          ...(contractor ? { contractorId: organisationId(stage, contractor) } : {}),
          unitIds: [unit, ...sharers.map(sharer => sharer.unit)].map(key => organisationId(stage, key)),
        }),
      )
    }
    return ok(null)
  })
}

export const declarationId = (stage: Stage, unit: string, year: number): string =>
  stage.id('declaration', unit, String(year))

/** Units declare their year, and the finance bureau confirms them all. */
export async function declareYear(
  stage: Stage,
  year: number,
  at: { declared: Date; decided: Date },
): Promise<void> {
  for (const own of declaringIn(stage)) {
    const { who, reach } = acting(stage, whoIs('buyer', own.unit), 'declaration.declare')
    await stage.command({ who, at: at.declared, key: `declaration ${own.unit} ${year}` }, tx =>
      declare(tx, stage.kit, reach, {
        ...{ id: declarationId(stage, own.unit, year), unitId: organisationId(stage, own.unit), year },
        ...(own.canteen ? { canteenId: stage.id('canteen', own.canteen) } : {}),
        ...{ kind: own.kind, baseFen: own.baseFen, reservedFen: own.reservedFen },
      }),
    )
  }
  const { who, holder, reach } = acting(stage, financeOf(stage), 'declaration.decide')
  for (const { unit } of declaringIn(stage))
    await stage.command({ who, at: at.decided, key: `decision ${unit} ${year}` }, tx =>
      decideDeclaration(tx, stage.kit, reach, holder, declarationId(stage, unit, year), {
        ...{ approve: true, note: '' },
      }),
    )
}
