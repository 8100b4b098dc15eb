import { expect, it } from 'vitest'
import type { Asker } from './asker.ts'
import { keyed, under } from './asker.ts'
import type { Ground } from './ground.ts'
import { requests } from './requests.ts'
import { orderAt } from './side.ts'
import type { Stage } from './stage.ts'
import { settled, stateOf } from './state.ts'

type Ask = readonly [
  what: string,
  route: string,
  asker: Asker,
  change: (stage: Stage) => object,
  told: string,
]

const source = (linkId: string) => ({ sources: [{ linkId, quantity: 1000 }] })
const at = (side: Stage['own']) => ({ placeId: side.registers.storage_place!.row })
const line = (offerId: string) => ({ lines: [{ offerId, offerVersion: 1, pieces: 1 }] })

/** One's own thing with another's inside it: what is another's is not there. */
const mixed: readonly Ask[] = [
  [
    'a link',
    'POST /links',
    'coop_clerk',
    s => ({ householdId: s.foreign.household }),
    '404 household.not_found',
  ],
  [
    'a link',
    'POST /links',
    'coop_clerk',
    s => ({ householdId: s.other.household }),
    '404 household.not_found',
  ],
  ['a lot', 'POST /lots', 'coop_clerk', s => source(s.other.link), '404 link.not_found'],
  ['a lot', 'POST /lots', 'coop_clerk', s => source(s.foreign.link), '404 link.not_found'],
  ['a lot', 'POST /lots', 'coop_clerk', s => at(s.other), '404 place.not_found'],
  ['a lot', 'POST /lots', 'coop_clerk', s => at(s.foreign), '404 place.not_found'],
  ['a lot', 'POST /lots/{lot}/move', 'coop_clerk', s => at(s.other), '404 place.not_found'],
  ['a lot', 'POST /lots/{lot}/move', 'coop_clerk', s => at(s.foreign), '404 place.not_found'],
  ['an offer', 'POST /offers', 'coop_clerk', s => ({ lotId: s.other.lot }), '404 lot.not_found'],
  ['an offer', 'POST /offers', 'client', s => ({ lotId: s.foreign.lot }), '404 lot.not_found'],
  ['an offer', 'POST /offers/{offer}', 'coop_clerk', s => ({ lotId: s.other.lot }), '404 lot.not_found'],
  [
    'a declaration',
    'POST /declarations',
    'buyer',
    s => ({ canteenId: s.other.canteen }),
    '409 declaration.canteen_required',
  ],
  [
    'a declaration',
    'POST /declarations',
    'buyer',
    s => ({ canteenId: s.foreign.canteen }),
    '409 declaration.canteen_required',
  ],
  [
    "a canteen's permission",
    'POST /canteens/{canteen}/contractor',
    'buyer',
    s => ({ contractorId: s.foreign.coop }),
    '404 organisation.not_found',
  ],
  [
    'a canteen',
    'POST /canteens',
    'district_officer',
    s => ({ unitIds: [s.own.unit, s.other.unit] }),
    '404 organisation.not_found',
  ],
  [
    'a role',
    'POST /people/{person}/roles',
    'security_admin',
    s => ({ role: 'buyer', organisationId: s.foreign.unit }),
    '404 organisation.not_found',
  ],
  [
    'an organisation',
    'POST /organisations/{organisation}/succession',
    'platform_admin',
    s => ({ kind: 'merge', into: s.foreign.coop }),
    '404 organisation.not_found',
  ],
  ['a shipment', 'POST /shipments', 'coop_clerk', s => parcels(s, s.other), '404 order.not_found'],
  ['a shipment', 'POST /shipments', 'client', s => parcels(s, s.foreign), '404 order.not_found'],
  [
    'an acceptance',
    'POST /orders/{order}/acceptance',
    'canteen_acceptor',
    s => ({ photos: [s.own.fact] }),
    '404 file.not_found',
  ],
  [
    "a household's answer",
    'POST /link-proposals/{link}/answer',
    'village_cadre',
    s => ({ given: true, photoId: s.own.fact }),
    '404 file.not_found',
  ],
  [
    'an allotment',
    'POST /bank-credits/{credit}/allotment',
    'finance_officer',
    s => ({ code: s.foreign.credit.code }),
    '404 payment.not_found',
  ],
  [
    'an allotment',
    'POST /bank-credits/{credit}/allotment',
    'finance_officer',
    s => ({ code: undefined, ...both(s, s.foreign) }),
    '404 order.not_found',
  ],
  ['an order', 'POST /orders', 'buyer', s => line(s.foreign.offer), '404 offer.not_found'],
  ['a payment', 'POST /payments', 'accountant', s => both(s, s.other), '404 order.not_found'],
  ['a payment', 'POST /payments', 'accountant', s => both(s, s.foreign), '404 order.not_found'],
  [
    'a canteen',
    'POST /canteens',
    'district_officer',
    s => ({ contractorId: s.foreign.coop }),
    '404 organisation.not_found',
  ],
]

const parcels = (stage: Stage, side: Stage['other']) => ({
  parcels: [stage.own, side].map(({ orders }) => ({
    ...{ orderId: orders.approved, carrier: '示范物流', waybill: 'W' },
  })),
})

const both = (stage: Stage, side: Stage['other']) => ({
  orderIds: [stage.own.orders.approved, side.orders.approved],
})

export function mixtures(at: () => Ground): void {
  it.each(mixed)(
    "%s of one's own does not take in another's (%s, %s)",
    async (_, route, asker, change, told) => {
      const { db, http, stage, signedIn } = at()
      const shot = await requests[route]!(stage.own, stage.kit)
      await settled(db, stage.kit)
      const before = await stateOf(db)
      const answer = await http({
        method: 'POST',
        path: under('shenzhen', shot.path),
        body: { ...shot.body, ...change(stage) },
        headers: keyed(signedIn.get(asker)!),
      })
      expect(`${answer.status} ${answer.body.code}`).toBe(told)
      expect(await stateOf(db)).toEqual(before)
    },
  )

  it('an order between the two sides is seen by its own buyer and seller, and each does its own part only', async () => {
    const { http, stage, signedIn } = at()
    const crossed = await orderAt(stage.kit, { ...stage.own, offer: stage.other.offer }, 'approved')
    const told = async (asker: Asker, method: string, step: string, body?: object) => {
      const headers = keyed(signedIn.get(asker)!)
      const path = under('shenzhen', `/orders/${crossed}${step}`)
      const answer = await http({ method, path, headers, ...(body ? { body } : {}) })
      return answer.status
    }
    expect(await told('buyer', 'GET', '')).toBe(200)
    expect(await told('district_officer', 'GET', '/benefit')).toBe(200)
    expect(await told('coop_clerk', 'GET', '')).toBe(404)
    expect(await told('client', 'GET', '/benefit')).toBe(404)
    const parcel = { carrier: '示范物流', waybill: 'W3' }
    expect(await told('coop_clerk', 'POST', '/shipment', parcel)).toBe(404)
    expect(await told('client', 'POST', '/shipment', parcel)).toBe(404)
    expect(await told('approver', 'POST', '/cancellation', { reason: 'no need' })).toBe(200)
  })

  it('an id in capitals is the same id', async () => {
    const { http, stage, signedIn } = at()
    const order = stage.own.orders.completed
    const asked = (id: string, asker: Asker) =>
      http({ method: 'GET', path: under('shenzhen', `/orders/${id}`), headers: signedIn.get(asker)! })
    expect((await asked(order.toUpperCase(), 'buyer')).body).toMatchObject({ id: order })
    expect((await asked(stage.other.orders.completed.toUpperCase(), 'buyer')).status).toBe(404)
  })
}
