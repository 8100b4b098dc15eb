import type { Found, Hit } from '@silian/kernel/search/contract.ts'
import { useTranslation } from 'react-i18next'
import { useDeclaredWays } from '../declared/declared-ways.ts'
import { useMember } from '../session/me.ts'
import { useLocalName, useProgrammeId } from '../session/programme.ts'
import { ownKinds, placeOf } from './places.ts'
import { useGo } from './use-go.ts'

/** What was found, by kind; each leads to its page where the reader has one for it. */
export function Hits({ found, close }: { found: Found; close(): void }) {
  const { t } = useTranslation('search')
  const { registers, processes } = useDeclaredWays()
  const titleOf = (kind: string) =>
    ownKinds.includes(kind)
      ? t(`kind.${kind}`)
      : ([...registers, ...processes].find(({ name }) => name === kind)?.title ?? kind)
  return (
    <div className="search-groups">
      {found.groups.map(({ kind, hits, more }) => (
        <section key={kind} aria-label={titleOf(kind)}>
          <h3>{titleOf(kind)}</h3>
          <ul>
            {hits.map(hit => (
              <li key={hit.id}>
                <HitLine kind={kind} hit={hit} close={close} />
              </li>
            ))}
          </ul>
          {more ? <p className="muted">{t('more')}</p> : null}
        </section>
      ))}
    </div>
  )
}

function HitLine({ kind, hit, close }: { kind: string; hit: Hit; close(): void }) {
  const name = useLocalName()
  const programme = useProgrammeId()
  const processes = useDeclaredWays().processes.map(each => each.name)
  const place = placeOf(kind, hit.id, useMember(), processes)
  const go = useGo()
  const text = (
    <>
      <span className="search-title">{name({ nameZh: hit.titleZh, nameEn: hit.titleEn })}</span>
      <span className="muted">{hit.note}</span>
    </>
  )
  if (place === undefined) return <span className="search-hit">{text}</span>
  const href = `/p/${programme}${place}`
  return (
    <a
      className="search-hit"
      href={href}
      onClick={event => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        close()
        go(href)
      }}
    >
      {text}
    </a>
  )
}
