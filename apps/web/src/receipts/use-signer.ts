import { utf8 } from '@silian/verifier/bytes.ts'
import type { SpeaksAs } from '@silian/verifier/keys.ts'
import type { ProofReport } from '@silian/verifier/proof.ts'
import { verifySigner } from '@silian/verifier/signer.ts'
import { useQuery } from '@tanstack/react-query'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { useLocalName } from '../session/programme.ts'
import type { Believed } from './check.ts'
import { useServedPolicy } from './use-check.ts'

/** Whose key signed: borne out by the log; not to be had, without a line to the server; or contradicted by the log. */
export type Signer =
  /** The log has whose it is by a number; `said` is what the server calls that. */
  | { readonly state: 'proven'; readonly holder: string; readonly as?: SpeaksAs; readonly said?: string }
  | { readonly state: 'unknown' }
  | { readonly state: 'bad' }

/** Asks the server whose key it is, and believes it only as far as the log's own receipts bear it out. */
export function useSigner(programme: string, report: ProofReport, believed: Believed): Signer {
  const { t } = useTranslation('receipts')
  const name = useLocalName()
  const { actor } = report.entry
  // of another log the server knows no keys
  const logs = useServedPolicy(programme).data?.policy.logs ?? []
  const asked = useQuery({
    queryKey: ['signer', programme, actor, report.entry.id],
    queryFn: async ({ signal }) => {
      const said = await call('signer', { params: { programme, key: actor }, signal })
      if (!said.beginning) return { said, proven: undefined }
      const proven = await verifySigner({
        ...{ report, beginning: utf8(said.beginning), trust: { policy: believed.policy } },
        ...(said.registration && { registration: utf8(said.registration) }),
      })
      return { said, proven }
    },
    enabled: logs.some(({ key }) => key.name === report.origin),
    retry: false,
  })
  if (!asked.data?.proven) return { state: 'unknown' }
  const { said, proven } = asked.data
  if (!proven.ok) return { state: 'bad' }
  const { holder, as } = proven.value
  const proof = { state: 'proven', ...(as && { as }) } as const
  if (said.nameZh !== null && said.nameEn !== null && said.holder === holder)
    return { ...proof, holder, said: name({ nameZh: said.nameZh, nameEn: said.nameEn }) }
  const known = i18next.exists(`holder.${holder}`, { ns: 'receipts' })
  return { ...proof, holder: known ? t(`holder.${holder}`) : holder || t('holder.operator') }
}
