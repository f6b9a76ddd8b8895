import type { Logger } from '../kit/logger.ts'
import { type Schedule, scheduled } from './scheduled.ts'

type Job = {
  /** Says what it did. */
  readonly keep: () => Promise<Readonly<Record<string, number>>>
  readonly log: Logger
  readonly schedule?: Schedule
}

/** Keeps checkpoints every half hour. Nothing is lost when that fails: it is logged, and the next one tries again. */
export const regularCheckpoints = ({ keep, log, schedule }: Job) =>
  scheduled({
    expression: '*/30 * * * *',
    run: async () => {
      try {
        log.debug(await keep(), 'checkpoints were kept')
      } catch (error) {
        log.error({ err: error }, 'checkpoints could not be kept')
      }
    },
    log,
    schedule,
  })
