import { newId } from '../api/ids.ts'
import { Problem } from '../api/problem.ts'
import { addressOf } from '../api/send.ts'

export const fileAddress = (programme: string, file: string): string =>
  addressOf('/p/:programme/files/:file', { params: { programme, file } })

/** What a file is for decides how long it is kept and whether it is sealed. */
export type FileKind = 'import' | 'attachment' | 'photo'

/** Sends a file as it is and gives its id. Each try is a file of its own; one that nothing names is swept away. */
export async function uploadFile(programme: string, file: File, kind: FileKind): Promise<string> {
  const address = addressOf('/p/:programme/files', {
    params: { programme },
    query: { kind },
  })
  const response = await fetch(address, {
    method: 'POST',
    body: file,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      'content-type': typeOf(file),
      'x-file-name': encodeURIComponent(file.name.toWellFormed()),
      'idempotency-key': newId(),
    },
  }).catch(() => {
    throw new Problem('network.failed', 0)
  })
  const answer: unknown = await response.json().catch(() => null)
  if (!response.ok) throw wantedOf(Problem.of(answer, response.status), kind)
  return (answer as { id: string }).id
}

/** A file of the wrong type is told what it should have been: the messages have a text for each kind. */
export const wantedOf = (problem: Problem, kind: FileKind): Problem =>
  problem.code === 'file.type_refused'
    ? new Problem(problem.code, problem.status, { ...problem.params, context: kind }, problem.requestId)
    : problem

/** Browsers do not know every type by its name. */
const typeOf = ({ name, type }: File): string => {
  if (name.endsWith('.csv')) return 'text/csv'
  if (name.endsWith('.xlsx')) return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return type || 'application/octet-stream'
}
