import type { Reader, Writer } from '../database/database.ts'
import type { RegisterKit } from '../register/kit.ts'
import type { Retention, RetentionClass } from './classes.ts'

/** Something owed to people or under way: their data is needed until it is over. */
export interface Wait {
  /** A word of the messages: `waits.<code>`. */
  readonly code: string
  readonly count: number
}

/** A class that holds rows, and the day of the event from which its term runs. */
export interface Hold {
  readonly class: RetentionClass
  readonly event: string
}

export interface HeldFile {
  readonly id: string
  /** A word of the messages: `file.<name>`. */
  readonly name: string
  readonly retention: Retention
}

/** What a capability has of the people that a register tells of, beside the register's own rows; asked by their ids. */
export interface Holder {
  readonly register: string
  /** What erasure waits for. */
  readonly waits?: (tx: Reader, ids: readonly string[]) => Promise<readonly Wait[]>
  /** Why the law keeps some of it. */
  readonly holds?: (tx: Reader, ids: readonly string[]) => Promise<readonly Hold[]>
  readonly files?: (tx: Reader, ids: readonly string[]) => Promise<readonly HeldFile[]>
  /** Takes away what stands in its own tables and openings, in the transaction of the erasure; it may run twice. */
  readonly forget?: (tx: Writer, kit: RegisterKit, ids: readonly string[]) => Promise<void>
}
