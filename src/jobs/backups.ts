import type { Logger } from '../kit/logger.ts'
import type { Backups } from '../turn/ports.ts'
import { type Schedule, scheduled } from './scheduled.ts'

/** A time of day, on this machine's clock. */
export type TimeOfDay = { readonly hour: number; readonly minute: number }

type Job = {
  readonly at: TimeOfDay
  readonly backups: Pick<Backups, 'make'>
  readonly log: Logger
  readonly schedule?: Schedule
}

/** Makes a backup every night. One that fails is logged, and the next night tries again. */
export const nightlyBackups = ({ at: { hour, minute }, backups, log, schedule }: Job) =>
  scheduled({
    expression: `${minute} ${hour} * * *`,
    run: async () => {
      try {
        const { name, bytes } = await backups.make()
        log.info({ name, bytes }, 'a backup was made')
      } catch (error) {
        log.error({ err: error }, 'the nightly backup failed')
      }
    },
    log,
    schedule,
  })
