import { type ChatInputCommandInteraction, userMention } from 'discord.js'
import { titleOf } from '../../src/discord/branch-thread.ts'
import type { Face } from '../../src/discord/command.ts'
import { storyHere } from '../../src/discord/here.ts'
import { plain } from '../../src/discord/render.ts'
import { SkeinError, UserFacingError } from '../../src/kit/errors.ts'
import type { Budget } from '../../src/ledger/budget.ts'
import type { Nanos } from '../../src/ledger/price.ts'
import type { LimitedTo } from '../../src/locales/en/money.ts'
import type { Texts } from '../../src/locales/en.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { kindIn } from '../options.ts'

/** What a limit is for, and for which span. */
export type Limit = Omit<Budget, 'limit'>

type Interaction = ChatInputCommandInteraction<'cached'>

const subjectIn = async (
  chosen: LimitedTo,
  interaction: Interaction,
  face: Face,
): Promise<Pick<Limit, 'scope' | 'subject'>> => {
  const user = interaction.options.getUser('user')
  const { budget: words } = face.texts
  if (user && chosen !== 'one_user') throw new UserFacingError('no_user_here', words.noUser)
  switch (chosen) {
    case 'server':
      return { scope: 'server', subject: null }
    case 'each_user':
      return { scope: 'user', subject: null }
    case 'one_user':
      if (!user) throw new UserFacingError('which_user', words.whichUser)
      return { scope: 'user', subject: user.id }
    case 'each_story':
      return { scope: 'story', subject: null }
    case 'this_story':
      return { scope: 'story', subject: (await storyHere(interaction, face)).ref.story }
  }
}

/** The limit that the options of a command name. Refused where they name none. */
export const limitSaid = async (interaction: Interaction, face: Face): Promise<Limit> => {
  const { guildId, options } = interaction
  const { limitedTo, each } = face.texts.budget
  const chosen = kindIn(limitedTo, options.getString('for', true))
  const window = kindIn(each, options.getString('each', true))
  // Discord lets nobody choose anything else.
  if (!chosen || !window) throw new SkeinError('no_such_choice', 'a choice that was never offered')
  return { guild: guildId, window, ...(await subjectIn(chosen, interaction, face)) }
}

/** For whom a limit is, as it may stand in a reply. */
export const whoseLimit = async (
  { scope, subject }: Pick<Limit, 'scope' | 'subject'>,
  { load, texts }: Pick<Face, 'load' | 'texts'>,
): Promise<string> => {
  const { budget: words } = texts
  if (subject === null) return words.ofEach[scope]
  if (scope === 'user') return userMention(subject)
  const head = await load({ story: subject, branch: ROOT_BRANCH })
  return head ? words.story(plain(titleOf(head, texts), LABEL_LIMIT)) : words.storyGone
}

/** The limit that is set for just this, as it may stand in a reply. */
export const amountOf = (budgets: readonly Budget[], limit: Limit): Nanos | undefined =>
  budgets.find(
    ({ scope, subject, window }) =>
      scope === limit.scope && subject === limit.subject && window === limit.window,
  )?.limit

/** What was and what is, in one row. */
export const limitChanged = (
  whose: string,
  { window }: Limit,
  before: Nanos | undefined,
  after: Nanos | undefined,
  { budget: words, change }: Texts,
): string => {
  const shown = (amount: Nanos | undefined) => (amount === undefined ? words.none : words.amount(amount))
  return change.row(words.changed(whose, window), shown(before), shown(after))
}
