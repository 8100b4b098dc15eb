import { areaCode, fenAmount, id, instant, text } from '@silian/kernel/http/shapes.ts'
import { z } from 'zod'

/** A mobile number of the mainland as people write it: spaces, hyphens and the country's prefix are left out of it. */
export const phone = text(24).refine(
  given => /^((\+|00)?86)?1[3-9]\d{9}$/.test(given.replace(/[\s-]/g, '')),
  'a mobile number',
)

/** A guest says a number and may buy at once; what was bought so is read in this session alone. */
export const newSession = z.object({ phone, name: text(40).optional() })
export const codeAsked = z.object({ phone })
/** How long to wait for the next code, and how long this one is good for. */
export const codeSent = z.object({ againInSeconds: z.number().int(), goodForSeconds: z.number().int() })
export const codeProof = z.object({ phone, code: z.string().regex(/^\d{6}$/) })

/** Who shops here with this cookie; `customer` is null for nobody. */
export const shopSession = z.object({
  customer: z
    .object({
      id,
      /** 138****1234 */
      phone: z.string(),
      name: z.string().nullable(),
      /** The phone was proven by a code: all that was bought with it is shown. */
      proven: z.boolean(),
      walletFen: fenAmount,
    })
    .nullable(),
})
export type ShopSession = z.infer<typeof shopSession>

/** Where something is sent. */
export const newAddress = z.object({ name: text(40), phone, areaCode, address: text(200) })
export type NewAddress = z.infer<typeof newAddress>
/** One's own, in whole: nobody else reads it here. Those used last stand first. */
export const address = z.object({
  id,
  name: z.string(),
  phone: z.string(),
  areaCode,
  address: z.string(),
  usedAt: instant,
})
export const addresses = z.object({ items: z.array(address) })
export type Address = z.infer<typeof address>
/** Whoever holds the receipt's number reads it: it names nobody. */
export const erasureAsked = z.object({ erasure: id })
/** An office asks for whoever proved to it that the phone is theirs. */
export const customerErasure = z.object({ phone, identityChecked: z.literal(true) })
export const erasuresAsked = z.object({ erasures: z.array(id) })
export const keptAddress = z.object({ id })
