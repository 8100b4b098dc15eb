import { erasureKeyless } from './erasures.ts'
import { processKeyless } from './processes.ts'
import { purchaseKeyless } from './purchases.ts'
import { registerKeyless } from './registers.ts'

/** Operations without an idempotency key: what they answer is not kept, or a signature makes them once-only. */
export const keyless: readonly string[] = [
  ...registerKeyless,
  ...processKeyless,
  ...erasureKeyless,
  ...purchaseKeyless,
  'POST /people/{person}/reveal',
  'POST /search/identity',
  'POST /bank/messages',
  'POST /carriers/{carrier}/messages',
  'POST /figures',
]
