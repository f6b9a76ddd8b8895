import type { Migration } from 'kysely/migration'
import { up as story } from './0001_story.ts'
import { up as timeline } from './0002_timeline.ts'
import { up as views } from './0003_views.ts'
import { up as ledger } from './0004_ledger.ts'
import { up as roles } from './0005_roles.ts'
import { up as recall } from './0006_recall.ts'

/** Every migration by its name, in order. A name that has shipped never changes. */
export const migrations: Record<string, Migration> = {
  '0001_story': { up: story },
  '0002_timeline': { up: timeline },
  '0003_views': { up: views },
  '0004_ledger': { up: ledger },
  '0005_roles': { up: roles },
  '0006_recall': { up: recall },
}
