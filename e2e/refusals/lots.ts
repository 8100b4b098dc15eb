import { bringIn } from '@silian/chains/value/lots/service.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import type { Whole } from '@silian/server/compose.ts'
import type { Prepare } from './requests.ts'
import { everything } from './side.ts'
import type { Standing } from './stage.ts'

const placeOf = (of: Standing): string => of.registers.storage_place!.row

const newLot = (of: Standing) => ({
  ...{ code: `LOT-${newId()}`.slice(0, 40), productId: of.product, harvestedOn: '2025-10-01' },
  ...{ ownQuantity: 1000, sources: [], placeId: placeOf(of) },
})

export const lotRequests: Readonly<Record<string, Prepare>> = {
  'GET /lots': of => ({ path: `/lots?limit=200&product=${of.product}`, shows: of.lot }),
  'GET /lots/places': of => ({ path: '/lots/places', shows: placeOf(of) }),
  'POST /lots': of => ({ path: '/lots', body: newLot(of) }),
  'POST /lots/{lot}/move': async (of, fresh) => ({
    path: `/lots/${fresh ? await freshLot(fresh, of) : of.lot}/move`,
    body: { placeId: placeOf(of), from: null },
  }),
}

/** One that lies nowhere yet. */
async function freshLot(kit: Whole, of: Standing): Promise<string> {
  const { placeId: _, ...lot } = newLot(of)
  const { id } = await of.world.write(tx => bringIn(tx, kit, everything(of.world.programme), lot))
  return id
}
