import { defineJob } from '@silian/kernel/jobs/define.ts'
import { adoptRows } from '@silian/kernel/register/adopt.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { harvestSeason } from '../../value/products/harvest_season.register.ts'
import { flagship } from './flagship.register.ts'
import { pavilion } from './pavilion.register.ts'

/** What the release before kept without telling of it is told of. */
export const adoptCatalogue = defineJob<Kit, z.ZodObject>({
  name: 'catalogue.adopt',
  payload: z.object({}),
  recurring: { at: '*/2 * * * *' },
  run: async ({ kit, scope }) => {
    for (const register of [pavilion, flagship, harvestSeason]) {
      let adopted = 0
      do adopted = must(await kit.app.write(scope, async tx => ok(await adoptRows(tx, kit, register))))
      while (adopted > 0)
    }
  },
})
