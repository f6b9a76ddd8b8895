import { UserFacingError } from '../../kit/errors.ts'
import { Refusal } from '../discord/refusal.ts'

/** What a person is told where the API would answer with a code. */
const WORDS: Readonly<Record<number, string>> = {
  10003: 'That channel does not exist.',
  10008: 'That message no longer exists.',
  50001: 'You cannot see that channel.',
  50003: 'That cannot be done in direct messages.',
  50005: 'You can only edit your own messages.',
  50006: 'You cannot send an empty message.',
  50013: 'You do not have permission to do that here.',
  50021: 'That cannot be done to a system message.',
  50083: 'This thread is archived.',
  160002: 'You cannot reply without permission to read the message history.',
  160005: 'This thread is locked.',
}

/** A refusal in plain English, fit for the page. */
export const decline = (why: string): UserFacingError => new UserFacingError('declined', why)

const flawsIn = (tree: unknown): string[] => {
  if (typeof tree !== 'object' || tree === null) return []
  if ('_errors' in tree && Array.isArray(tree._errors)) {
    return tree._errors.map((flaw: { message?: unknown }) => String(flaw.message))
  }
  return Object.values(tree).flatMap(flawsIn)
}

/** Runs what a person does; what Discord would refuse by a code becomes words. */
export const inWords = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw decline(WORDS[error.code] ?? flawsIn(error.body.errors)[0] ?? error.message)
  }
}
