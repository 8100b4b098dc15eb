import type * as signing from '@silian/kernel/signing/contract.ts'
import { command, get, type In, type Out } from '../api/route.ts'

export const signingRoutes = {
  keys: get<{ query: In<typeof signing.signingKeyQuery>; answer: signing.SigningKeys }>()(
    '/p/:programme/signing-keys',
  ),
  register: command<{ body: signing.NewSigningKey; answer: Out<typeof signing.keyMade> }>()(
    '/p/:programme/signing-keys',
  ),
  revoke: command<{ body: In<typeof signing.keyRevocation>; answer: Out<typeof signing.keyMade> }>()(
    '/p/:programme/signing-keys/:key/revocation',
  ),
  toSign: get<{ query: In<typeof signing.toSignQuery>; answer: signing.ToSign }>()(
    '/p/:programme/facts/:fact/to-sign',
  ),
  countersign: command<{ body: In<typeof signing.countersignature>; answer: signing.Countersigned }>()(
    '/p/:programme/facts/:fact/countersignature',
  ),
}
