import type { Database } from '../database/database.ts'
import type { FileKit } from '../files/store.ts'
import type { Register } from '../register/define.ts'
import type { RegisterKit } from '../register/kit.ts'
import type { Holder } from './holder.ts'
import type { People } from './people.ts'

/** What carrying out erasures needs: the hand that destroys is the batch role's. */
export interface EraseKit extends RegisterKit {
  readonly batch: Database
  readonly files: FileKit
}

/** What can be erased in an installation, and who has what of it. */
export interface Erasable {
  readonly registers: readonly Register[]
  readonly holders: readonly Holder[]
  /** Those whom no register tells of. */
  readonly people: readonly People[]
}

/** The registers whose rows go with rows of this one, and the column that names these. */
export const toldWith = ({ registers }: Erasable, of: Register): { register: Register; column: string }[] =>
  registers.flatMap(register => {
    const column = register.tellsOf
    const spec = column === undefined ? undefined : register.columns[column]
    return column && spec?.kind === 'row' && spec.of === of.name ? [{ register, column }] : []
  })
