interface UndertakingTable {
  programme_id: string
  id: string
  kind: string
  promisor: string
  promisee: string
  unit: string
  bound: 'floor' | 'ceiling'
  formula: unknown
  starts_on: string
  ends_on: string
  state: 'open' | 'kept' | 'broken' | 'ended' | 'succeeded'
  predecessor: string | null
  signed_at: Date
  ended_at: Date | null
  end_reason: string | null
}

interface DueTable {
  programme_id: string
  undertaking_id: string
  no: number
  due_on: string
  amount: number
}

declare module '../database/tables.ts' {
  interface Tables {
    undertaking: UndertakingTable
    undertaking_due: DueTable
  }
}

export {}
