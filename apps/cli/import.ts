import { importPrices } from '@silian/chains/value/prices/import.ts'
import { importAreas } from '@silian/chains/production/areas/import.ts'
import type { Config } from '@silian/kernel/config/config.ts'
