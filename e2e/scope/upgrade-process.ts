import { loadSecrets } from '@silian/kernel/config/secrets.ts'
import { migrate, readMigrations } from '@silian/kernel/database/migrate.ts'
import { prepareDatabase } from '@silian/kernel/database/provision.ts'

/** A starting server's first steps, as a process of its own: `<owner's URL> <data folder> <migrations folder>…`. Tells what it applied. */
const [ownerUrl, dataFolder, first, ...later] = process.argv.slice(2)
await prepareDatabase(ownerUrl!, await loadSecrets(dataFolder!), first!)
const folders = await Promise.all([first!, ...later].map(readMigrations))
process.stdout.write(JSON.stringify(await migrate(ownerUrl!, folders.flat())))
