import { MessageFlags, type ModalSubmitInteraction } from 'discord.js'
import { titleOf } from '../../src/discord/branch-thread.ts'
import type { CommandHandler, Face, ModalHandler, Suggest } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { writtenIn } from '../../src/discord/form.ts'
import { inWords, ledHere, storyHere } from '../../src/discord/here.ts'
import { calledHere, showMove } from '../../src/discord/moved.ts'
import { type Known, labelled, suggestions, theOne } from '../../src/discord/names.ts'
import { plain } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import { characterIn, isSameName, NAME_LIMIT } from '../../src/story/cast.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import type { Head } from '../../src/story/head.ts'
import { START_LIMITS } from '../../src/story/intent.ts'
import type { EntityId } from '../../src/story/ref.ts'
import type { Reset } from '../../src/story/reset.ts'
import { nameForm } from '../name-form.ts'
import { offerUndo } from '../rewind/confirm.ts'

/** Stands for the whole story where a character's id could stand. */
const WHOLE = '-'

/** What can begin anew: the story, then its characters. One who is called as the story here has a number. */
const resettable = (head: Head, { reset: words, known }: Texts): Known[] =>
  labelled([
    { id: WHOLE, name: words.story, within: words.wholeStory },
    ...head.state.cast.characters.map(({ character, name }) => ({
      id: character,
      name: head.words.get(name) ?? known.nameless,
    })),
  ])

/** Suggests the story and its characters. */
export const suggestWhat: Suggest = async (interaction, typed, face) =>
  suggestions(resettable(await storyHere(interaction, face), face.texts), typed)

/** What must be typed: a character's name, or the story's title. Undefined for one who is no longer there. */
const nameOf = (head: Head, id: EntityId, texts: Texts): string | undefined => {
  if (id === WHOLE) return titleOf(head, texts)
  const character = characterIn(head.state.cast, id)
  return character && (head.words.get(character.name) ?? texts.known.nameless)
}

/** `/reset`: asks for the name, so that nobody does this in passing. */
export const ask: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const head = await ledHere(interaction, face, texts.timelineNotYours)
  const { reset: words, known } = texts
  const typed = interaction.options.getString('what', true)
  const { id } = theOne(resettable(head, texts), typed, { ...known, none: known.noCast })
  const name = nameOf(head, id, texts) ?? ''
  const isWhole = id === WHOLE
  await interaction.showModal(
    nameForm({
      id: customId('reset', head.ref.story, head.ref.branch, id),
      title: isWhole ? words.wholeHeading : words.heading(name),
      label: isWhole ? words.confirmTitle : words.confirm,
      name,
      limit: isWhole ? START_LIMITS.title : NAME_LIMIT,
    }),
  )
}

const tell = async (
  interaction: ModalSubmitInteraction<'cached'>,
  head: Head,
  name: string | undefined,
  move: number,
  face: Face,
): Promise<void> => {
  const { reset: words } = face.texts
  const content = name === undefined ? words.doneStory : words.doneCharacter(name)
  await offerUndo(interaction, head, move, content, face)
  const who = calledHere(interaction)
  const line = name === undefined ? words.dividerStory(who) : words.dividerCharacter(who, name)
  await showMove(head.ref, line, face)
}

/** The name was typed: where it is the right one, the story or the character begins anew. */
export const confirm: ModalHandler = async (interaction, [story, branch, id = ''], face) => {
  const { timeline, newId, texts } = face
  const head = await ledHere(interaction, face, texts.timelineNotYours)
  if (head.ref.story !== story || head.ref.branch !== branch)
    throw new UserFacingError('stale', texts.branch.elsewhere)
  const name = nameOf(head, id, texts)
  if (name === undefined) throw new UserFacingError('character_gone', texts.reset.refused.unknown_entity)
  const typed = writtenIn(interaction, 'name')
  if (!isSameName(typed, name))
    throw new UserFacingError(
      'wrong_name',
      texts.reset.wrong(plain(typed, START_LIMITS.title), plain(name, START_LIMITS.title)),
    )
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const scope: Reset = id === WHOLE ? { scope: 'story' } : { scope: 'character', character: id }
  const by = interaction.user.id
  const done = await timeline.reset(
    head.ref,
    ({ state }) => resetStory(state, by, scope, newId),
    by,
    interaction.id,
  )
  if (done === 'duplicate') return
  if ('refused' in done) throw new UserFacingError('not_reset', inWords(texts.reset.refused, done))
  await tell(interaction, head, id === WHOLE ? undefined : plain(name, NAME_LIMIT), done.move, face)
}
