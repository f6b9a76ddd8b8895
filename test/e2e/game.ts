import type { APIMessage } from 'discord-api-types/v10'
import type { Row } from '../../src/store/schema.ts'
import type { RoleName } from '../../src/story/settings.ts'
import { FORM, isLive, isTold, labelsOf, type Player } from '../doubles/player.ts'
import type { Visitor } from '../doubles/visitor.ts'
import { ledgerOf, transcriptOf } from './look.ts'
import type { World } from './world.ts'

export type Person = { readonly visitor: Visitor; readonly player: Player }

/** How a call stands in the ledger, in a few words. */
const entered = ({ outcome, input, output }: Row<'calls'>): string => {
  if (input === null) return `${outcome}, usage unknown`
  return `${outcome}, ${input === 0 ? 'not charged' : output === 0 ? 'nothing written' : 'counted'}`
}

export const FINISHED = 'finished, counted'
export const NOT_CHARGED = 'failed, not charged'

/** A story that someone has begun, and all that is seen and known of it. */
export const beginGame = async (world: World, { visitor, player }: Person, title = FORM.title) => {
  const thread = await player.start(world.stories, { ...FORM, title })
  const messages = (): APIMessage[] =>
    visitor.messagesIn(thread).flatMap((seen) => (isTold(seen) ? [seen.message] : []))
  const transcript = () => transcriptOf(world.directory, thread)
  const [opening = ''] = await transcript()
  return {
    thread,
    opening,
    messages,
    /** The lines that are part of the story. */
    transcript,
    /** Says something, and gives the message in which the answer ended. */
    say: async (words: string): Promise<APIMessage> => {
      await player.say(thread, words)
      return (await player.answer(thread)).message
    },
    /** Presses *Try again*, and gives the answer that comes in the place of the notice. */
    tryAgain: async (notice: APIMessage): Promise<APIMessage> => {
      await player.click(notice, 'Try again')
      return visitor.until('the second try', () =>
        messages().find(
          (message) =>
            message.id === notice.id && !isLive(message) && labelsOf(message).includes('Regenerate'),
        ),
      )
    },
    /** How the writer's calls since that for the opening ended. Whatever happened, none is left without an end. */
    calls: async (role: RoleName = 'writer'): Promise<string[]> => {
      const { calls, open } = await ledgerOf(world.directory, thread, role)
      if (open > 0) throw new Error(`${open} calls have no end`)
      return calls.slice(role === 'writer' ? 1 : 0).map(entered)
    },
  }
}

export type Game = Awaited<ReturnType<typeof beginGame>>
