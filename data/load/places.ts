import { storagePlace } from '@silian/chains/value/places/storage_place.register.ts'
import { saveRows } from '@silian/kernel/register/save.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { areaOf } from '../world/areas.ts'
import { whoIs } from '../world/people.ts'
import { type PlaceKind, placeKey, type StoragePlace, storagePlaces } from '../world/storage-places.ts'
import { setUp } from './clock.ts'
import { acting, organisationId } from './people.ts'
import { inParallel, type Stage } from './stage.ts'

export const placeId = (stage: Stage, seller: string, kind: PlaceKind): string =>
  stage.id('storage_place', placeKey(seller, kind))

/** Each seller puts its places on record, before anything lies there. */
export async function openPlaces(stage: Stage): Promise<void> {
  const own = storagePlaces.filter(({ area }) => areaOf(area).programme === stage.programme)
  await inParallel([...Map.groupBy(own, ({ seller }) => seller)], 4, async ([seller, places]) => {
    const { who, holder, reach } = acting(stage, whoIs('coop_clerk', seller), 'storage_place.create')
    await stage.command({ who, holder, at: setUp.products, key: `places ${seller}` }, async tx => {
      const rows = places.map(place => placeRow(stage, place))
      const refused = (await saveRows(tx, stage.kit, storagePlace, reach, rows)).find(
        ({ kind }) => kind === 'refused',
      )
      if (refused) throw new Error(`places of ${seller}: ${JSON.stringify(refused)}`)
      return ok(null)
    })
  })
}

const placeRow = (stage: Stage, { seller, kind, name, area, address, state }: StoragePlace) => ({
  id: placeId(stage, seller, kind),
  values: { name, kind, areaCode: area, address, sellerId: organisationId(stage, seller), state },
})
