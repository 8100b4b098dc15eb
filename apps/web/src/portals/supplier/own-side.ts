import { useMember } from '../../session/me.ts'

/** The organisation that a clerk acts for, with the county of its seat. */
export function useOwnSeller(): { id: string; county: string } | undefined {
  const held = useMember()?.roles.find(({ role }) => role === 'coop_clerk')
  return held?.organisation
    ? { id: held.organisation.id, county: held.areaCode?.slice(0, 6) ?? '' }
    : undefined
}
