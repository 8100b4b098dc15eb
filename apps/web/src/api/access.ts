import type { Me as Answer } from '@silian/kernel/access/contract.ts'

export type { SignInBody } from '@silian/kernel/access/contract.ts'
export type Me = Answer
export type Programme = Me['programmes'][number]
/** The account that is signed in. */
export type Account = NonNullable<Me['account']>

/** A programme as everybody may know it. */
export interface PublicProgramme {
  id: string
  nameZh: string
  nameEn: string
  demo: boolean
}

export interface Home {
  waiting: { kind: string; count: number }[]
}
