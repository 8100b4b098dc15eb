import type { Writer } from '../database/database.ts'
import { ok, type Result } from '../result/result.ts'
import { type AdminKit, auditAct, type By, recordAct } from './acts.ts'
import type { SuccessionBody } from './administration-contract.ts'
import { createOrganisation, type OrganisationInput, type OrganisationRefusal } from './organisations.ts'
import type { Succession, SuccessionRefusal } from './succession.ts'
import { recordSuccession } from './succession-fact.ts'

/** Puts an organisation on record. Refuses `organisation.taken` {key}, `organisation.not_found` {id}, `area.not_found` {code}. */
export async function registerOrganisation(
  tx: Writer,
  kit: AdminKit,
  by: By,
  input: OrganisationInput,
): Promise<Result<{ id: string }, OrganisationRefusal>> {
  const made = await createOrganisation(tx, input)
  if (!made.ok) return made
  const { id, key, nameZh, type, areaCode } = made.value
  await recordAct(tx, kit.recorder, by, {
    ...organisationAct('organisation.created', id),
    pub: { organisation: id, key, name: nameZh, kind: type, area: areaCode },
  })
  return ok({ id })
}

const organisationAct = (type: string, id: string) => ({ type, subjectType: 'organisation', subjectId: id })

/** Renames, moves, merges or closes it; see `succeedOrganisation` for what is refused. Returns the one that goes on. */
export async function succeed(
  tx: Writer,
  kit: AdminKit,
  by: By,
  id: string,
  body: SuccessionBody,
): Promise<Result<{ id: string }, SuccessionRefusal>> {
  const done = await recordSuccession(tx, kit.recorder, by.holder, successionOf(id, body))
  if (!done.ok) return done
  await auditAct(tx, by, organisationAct('organisation.succeeded', id))
  return ok({ id: done.value.id })
}

function successionOf(id: string, body: SuccessionBody): Succession {
  const date = body.date === undefined ? {} : { date: body.date }
  if (body.kind === 'rename')
    return { kind: body.kind, id, nameZh: body.nameZh, nameEn: body.nameEn, ...date }
  if (body.kind === 'merge') return { kind: body.kind, ids: [id], into: body.into, ...date }
  if (body.kind === 'close') return { kind: body.kind, id, ...date }
  const area = body.areaCode === undefined ? {} : { areaCode: body.areaCode }
  return { kind: body.kind, id, parentId: body.parentId, ...area, ...date }
}
