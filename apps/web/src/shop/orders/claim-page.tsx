import type { PurchaseDetail } from '@silian/chains/supply/purchases/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay, formatFen } from '../../i18n/format.ts'
import { type ShopAnswer, shopCall } from '../api.ts'
import { Back } from '../ui/back.tsx'
import { useGo, useParam, useProgramme } from '../ui/go.tsx'
import { useCommand } from '../ui/intention.ts'
import { useNames } from '../ui/names.ts'
import { Nothing, Ready, Trouble } from '../ui/notice.tsx'
import { Photos } from '../ui/photos.tsx'
import { Stepper } from '../ui/stepper.tsx'
import { purchaseOf } from './order-page.tsx'
import '../styles/orders.css'
import { useTitle } from '../ui/title.ts'
import { Words } from '../ui/words.tsx'

/** Something is wrong with what came: which goods, what, and a photograph of it. */
export function ClaimPage() {
  const { t } = useTranslation('mine')
  useTitle(t('claim.title'))
  const programme = useProgramme()
  const id = useParam('order')
  const order = useQuery(purchaseOf(programme, id))
  const claimable = useQuery({
    queryKey: ['purchases', programme, id, 'claimable'],
    queryFn: ({ signal }) => shopCall('claimable', { params: { programme, order: id }, signal }),
  })
  return (
    <div className="page page-narrow">
      <Back to={`/orders/${id}`}>{t('order.title')}</Back>
      <h1>{t('claim.title')}</h1>
      <Ready query={order} cards={1}>
        {found => (
          <Ready query={claimable} cards={1}>
            {may =>
              openKinds(may).length === 0 ? (
                <Nothing title={t('claim.none')}>
                  {may.from ? <p>{t('claim.none.from', { day: formatDay(may.from) })}</p> : null}
                </Nothing>
              ) : (
                <ClaimForm order={found} claimable={may} />
              )
            }
          </Ready>
        )}
      </Ready>
    </div>
  )
}

interface ClaimFormProps {
  readonly order: PurchaseDetail
  readonly claimable: ShopAnswer<'claimable'>
}

function ClaimForm({ order, claimable }: ClaimFormProps) {
  const { t } = useTranslation('mine')
  const programme = useProgramme()
  const go = useGo()
  const kinds = openKinds(claimable)
  const [kind, setKind] = useState<Kind | ''>('')
  const [pieces, setPieces] = useState<Readonly<Record<number, number>>>({})
  const [reason, setReason] = useState('')
  const [photos, setPhotos] = useState<readonly string[]>([])
  const [tried, setTried] = useState(false)
  const lines = (kind === '' ? [] : openOf(claimable, kind)).flatMap(({ no }) =>
    pieces[no] ? [{ no, pieces: pieces[no] }] : [],
  )
  const wrong = wrongOf(kind, lines.length, reason, photos.length)
  const claim = useCommand(
    (key, kind: Kind) =>
      shopCall('newClaim', {
        params: { programme, order: order.id },
        key,
        body: { kind, lines, reason: reason.trim(), photos: [...photos] },
      }),
    () => go(`/orders/${order.id}`),
  )
  return (
    <form
      className="checkout"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        setTried(true)
        if (kind !== '' && wrong === undefined) claim.mutate(kind)
      }}
    >
      <fieldset className="panel choices">
        <legend className="panel-legend">{t('claim.what')}</legend>
        {kinds.map(one => (
          <label key={one.kind} className="choice">
            <input type="radio" name="kind" checked={kind === one.kind} onChange={() => setKind(one.kind)} />
            <span>
              <strong>{t(`claim.kind.${one.kind}`)}</strong>
              <br />
              <span className="small soft">
                {t(`claim.kind.${one.kind}.hint`, { day: formatDay(one.until) })}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      {kind === '' ? null : (
        <Which order={order} claimable={claimable} kind={kind} pieces={pieces} onChange={setPieces} />
      )}
      <div className="panel">
        <Words
          label={t('claim.reason')}
          ns="mine"
          bad={tried && wrong === 'claim.wrong.reason' ? wrong : undefined}
          value={reason}
          onChange={setReason}
        />
        <Photos label={t('claim.photos')} photos={photos} onChange={setPhotos} />
      </div>
      {tried && wrong ? (
        <p className="trouble" role="alert">
          {t(wrong)}
        </p>
      ) : null}
      {claim.isError ? <Trouble error={claim.error} /> : null}
      <button type="submit" className="button" disabled={claim.isPending}>
        {t('claim.send')}
      </button>
    </form>
  )
}

type Kind = ShopAnswer<'claimable'>['kinds'][number]['kind']

/** The lines that may be claimed so: what spoils is not sent back for nothing. */
const openOf = ({ lines }: ShopAnswer<'claimable'>, kind: Kind) =>
  lines.filter(line => line.pieces > 0 && (kind !== 'return' || line.returnable))

const openKinds = (claimable: ShopAnswer<'claimable'>) =>
  claimable.kinds.filter(({ kind }) => openOf(claimable, kind).length > 0)

interface WhichProps extends ClaimFormProps {
  readonly kind: Kind
  readonly pieces: Readonly<Record<number, number>>
  onChange(pieces: Readonly<Record<number, number>>): void
}

function Which({ order, claimable, kind, pieces, onChange }: WhichProps) {
  const { t } = useTranslation('mine')
  const { nameOf } = useNames()
  const open = openOf(claimable, kind)
  return (
    <section className="panel" aria-labelledby="which">
      <h2 id="which">{t('claim.which')}</h2>
      <ul className="what-group">
        {open.map(({ no, pieces: most }) => {
          const line = order.lines.find(one => one.no === no)
          return line ? (
            <li key={no} className="claim-line">
              <span>
                {nameOf(line)} <span className="small soft">{formatFen(line.priceFen)}</span>
              </span>
              <Stepper
                pieces={pieces[no] ?? 0}
                least={0}
                most={most}
                of={nameOf(line)}
                onChange={count => onChange({ ...pieces, [no]: count })}
              />
            </li>
          ) : null
        })}
      </ul>
    </section>
  )
}

/** The first thing that is missing, as a key of the messages. */
function wrongOf(kind: string, lines: number, reason: string, photos: number): string | undefined {
  if (kind === '') return 'claim.wrong.kind'
  if (lines === 0) return 'claim.wrong.lines'
  if (reason.trim() === '') return 'claim.wrong.reason'
  return kind === 'quality' && photos === 0 ? 'claim.wrong.photo' : undefined
}
