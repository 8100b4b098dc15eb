import { PLATFORM } from '@silian/kernel/access/accounts.ts'
import { putAreas } from '@silian/kernel/access/areas.ts'
import { createOrganisation } from '@silian/kernel/access/organisations.ts'
import { createProgramme } from '@silian/kernel/access/programmes.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { standingAccounts, type Whole } from '@silian/server/compose.ts'
import { areas, programmes } from '../world/areas.ts'
import { type Organisation, organisations } from '../world/organisations.ts'
import { setUp } from './clock.ts'
import { organisationId, programmeOf } from './people.ts'
import type { Stage } from './stage.ts'

/** The reference table of areas, for all programmes. */
export async function putAllAreas(kit: Whole): Promise<void> {
  const inputs = areas.map(({ code, name, nameEn, level, parent, is832 }) => ({
    ...{ code, nameZh: name, nameEn, level, parentCode: parent, assisted832: is832 },
  }))
  must(
    await kit.batch.write({ programme: PLATFORM, actor: 'system', at: setUp.programme }, tx =>
      putAreas(tx, inputs),
    ),
  )
}

/** The programmes, Shenzhen first. The origin says `demo`, so that nobody takes its log for another. */
export async function makeProgrammes(kit: Whole): Promise<void> {
  for (const { slug, name, nameEn, rootArea } of programmes)
    await createProgramme(
      kit,
      {
        ...{ id: slug, nameZh: name, nameEn, areaCode: rootArea, demo: true },
        ...{ origin: `silian.example/demo/${slug}`, at: setUp.programme },
      },
      standingAccounts,
    )
}

export const organisationsOf = (programme: string): Organisation[] =>
  organisations.filter(({ areaCode }) => programmeOf(areaCode) === programme)

export async function makeOrganisations(stage: Stage): Promise<void> {
  const at = setUp.organisations
  await stage.command({ who: 'system', at, key: 'organisations' }, async tx => {
    for (const organisation of organisationsOf(stage.programme))
      await makeOrganisation(tx, stage, organisation)
    return ok(null)
  })
}

export async function makeOrganisation(
  tx: Writer,
  stage: Stage,
  { key, name, nameEn, type, areaCode }: Organisation,
): Promise<void> {
  must(
    await createOrganisation(tx, {
      ...{ id: organisationId(stage, key), key, nameZh: name, nameEn, type, areaCode },
      ...{ invented: true, validFrom: '2020-01-01' },
    }),
  )
}
