import type { Product } from '@silian/chains/value/products/contract.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { newId } from '../../api/ids.ts'
import { Problem } from '../../api/problem.ts'
import { addressOf } from '../../api/send.ts'
import { wantedOf } from '../../declared/files.ts'
import { Overlay } from '../../declared/overlay.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { Loaded, ProblemNotice } from '../../ui/states.tsx'
import { useGoodsNames } from '../shop/use-names.ts'

export const mediaAddress = (programme: string, media: string, width: 160 | 480 | 1080): string =>
  addressOf('/p/:programme/product-media/:media/:size', {
    params: { programme, media, size: `${width}.webp` },
  })

/** Pictures of a product: sent as they are, kept as they are shown. */
export function ProductMedia({ product, close }: { product: Product; close(): void }) {
  const { t } = useTranslation('supplier')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const key = ['product', programme, product.id]
  const detail = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call('product', { params: { programme, product: product.id }, signal }),
  })
  const { nameOf } = useGoodsNames()
  const again = () => client.invalidateQueries({ queryKey: key })
  const upload = useMutation({
    mutationFn: async (files: readonly File[]) => {
      for (const file of files) await sendPicture(programme, product, file)
    },
    onSettled: again,
  })
  const change = useMutation({
    mutationFn: ({ media, to }: { media: string; to: 'first' | 'remove' }) =>
      call('changeMedia', { params: { programme, media }, key: newId(), body: { change: to } }),
    onSettled: again,
  })
  return (
    <Overlay kind="dialog" title={t('media.of', { name: nameOf(product) })} close={close}>
      <div className="stack photos-input">
        <p className="muted">{t('media.hint')}</p>
        <input
          type="file"
          aria-label={t('media.add')}
          accept="image/jpeg,image/png,image/webp"
          multiple
          disabled={upload.isPending}
          onChange={event => {
            upload.mutate([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
        <p role="status">{upload.isPending ? t('media.going') : ''}</p>
        {upload.isError ? <ProblemNotice error={upload.error} /> : null}
        {change.isError ? <ProblemNotice error={change.error} /> : null}
        <Loaded query={detail} lines={3}>
          {({ media }) =>
            media.length === 0 ? (
              <p className="muted">{t('media.none')}</p>
            ) : (
              <ul className="photos">
                {media.map(({ id, altZh }, at) => (
                  <li key={id}>
                    <img
                      src={mediaAddress(programme, id, 160)}
                      alt={altZh || t('media.one', { at: at + 1 })}
                    />
                    {at === 0 ? (
                      <span className="badge">{t('media.cover')}</span>
                    ) : (
                      <button
                        type="button"
                        className="button button-small"
                        onClick={() => change.mutate({ media: id, to: 'first' })}
                      >
                        {t('media.first')}
                      </button>
                    )}
                    <button
                      type="button"
                      className="button button-small"
                      onClick={() => change.mutate({ media: id, to: 'remove' })}
                    >
                      {t('media.remove')}
                      <span className="visually-hidden"> {t('media.one', { at: at + 1 })}</span>
                    </button>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </div>
    </Overlay>
  )
}

async function sendPicture(programme: string, product: Product, file: File): Promise<void> {
  const address = addressOf('/p/:programme/products/:product/media', {
    params: { programme, product: product.id },
    query: { altZh: product.nameZh, altEn: product.nameEn },
  })
  const response = await fetch(address, {
    ...{ method: 'POST', body: file, credentials: 'same-origin' },
    headers: {
      accept: 'application/json',
      'content-type': file.type || 'application/octet-stream',
      'idempotency-key': newId(),
    },
  }).catch(() => {
    throw new Problem('network.failed', 0)
  })
  const answer: unknown = await response.json().catch(() => null)
  if (!response.ok) throw wantedOf(Problem.of(answer, response.status), 'photo')
}
