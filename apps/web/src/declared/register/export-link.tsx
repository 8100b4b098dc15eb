import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, sendForFile } from '../../api/send.ts'
import { languageOf } from '../../i18n/i18n.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { ProblemNotice } from '../../ui/states.tsx'
import { queryOf, queryText } from './list-query.ts'
import type { Asked } from './private-search.ts'

export type Format = 'xlsx' | 'csv'

interface ExportLinkProps {
  readonly register: string
  readonly format: Format
  readonly asked: Pick<Asked, 'search' | 'isPrivate'>
  readonly className?: string
  readonly children: ReactNode
}

/** The list as a file: by a link, or by a body where what it is asked for may stand in no link. */
export function ExportLink({ register, format, asked, className, children }: ExportLinkProps) {
  const { i18n } = useTranslation()
  const programme = useProgrammeId()
  const language = languageOf(i18n)
  const path = `/p/:programme/registers/:register/export.${format}`
  const fetched = useMutation({
    mutationFn: () =>
      sendForFile(path, {
        params: { programme, register },
        body: { ...queryOf(asked.search), language },
      }),
    onSuccess: save,
  })
  if (!asked.isPrivate) {
    const address = addressOf(path, { params: { programme, register } })
    const query = new URLSearchParams(queryText(asked.search))
    query.set('language', language)
    return (
      <a className={className} href={`${address}?${query}`} download>
        {children}
      </a>
    )
  }
  return (
    <>
      <button
        type="button"
        className={className ?? 'link-button'}
        disabled={fetched.isPending}
        onClick={() => fetched.mutate()}
      >
        {children}
      </button>
      {fetched.isError ? <ProblemNotice error={fetched.error} /> : null}
    </>
  )
}

function save({ name, content }: { name: string; content: Blob }): void {
  const address = URL.createObjectURL(content)
  const link = Object.assign(document.createElement('a'), { href: address, download: name })
  link.click()
  // a busy browser begins to save it some time after the click
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
