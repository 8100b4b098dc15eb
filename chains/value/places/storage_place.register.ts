import { defineRegister } from '@silian/kernel/register/define.ts'
import { placeKinds, placeStates } from './contract.ts'

const keepers = { coop_clerk: 'organisation' } as const

/** 仓点台账: the places at which a seller's lots lie. What lies at one that is closed stays there; nothing more comes to it. */
export const storagePlace = defineRegister({
  name: 'storage_place',
  columns: {
    name: { kind: 'text', max: 60, search: true, listed: true },
    kind: { kind: 'choice', of: placeKinds, open: true, filter: true, listed: true },
    areaCode: { kind: 'area', open: true, filter: true, listed: true },
    address: { kind: 'text', max: 120, required: false },
    sellerId: {
      ...{ kind: 'organisation', types: ['cooperative', 'enterprise'], open: true },
      ...{ frozen: true, filter: true, listed: true },
    },
    state: { kind: 'choice', of: placeStates, open: true, filter: true, listed: true },
    code: { kind: 'text', max: 24, computed: true },
    // a seller's places are told apart by their names
    namedAs: { kind: 'text', max: 120, computed: true, inner: true, unique: true, required: false },
  },
  key: 'code',
  label: 'name',
  parties: { area: 'areaCode', organisations: ['sellerId'] },
  permit: {
    read: { ...keepers, county_officer: 'area', auditor: 'programme' },
    create: keepers,
    change: keepers,
    import: keepers,
  },
  compute: ({ id, values }) => ({
    values: { code: `C-${id.slice(-8)}`, namedAs: `${values.sellerId}/${values.name}` },
  }),
})
