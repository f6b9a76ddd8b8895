import type { ChatInputCommandInteraction } from 'discord.js'
import type { CommandHandler, Face } from '../../src/discord/command.ts'
import { someoneNamed } from '../../src/discord/names.ts'
import type { Texts } from '../../src/locales/en.ts'
import { setActivity } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import type { EntityId } from '../../src/story/ref.ts'
import { changeWorld, worldHere } from '../change.ts'
import { kindIn, orNone } from '../options.ts'
import { activityChanged, type Patch, patchFrom, type SaidOfActivity } from './patch.ts'

const saidIn = (
  { options }: ChatInputCommandInteraction<'cached'>,
  { activity: words }: Texts,
): SaidOfActivity => ({
  action: {
    label: orNone(options.getString('doing')),
    minutes: options.getInteger('minutes') ?? undefined,
    interruptibility: kindIn(words.interrupted, options.getString('interrupted-by')),
    attention: kindIn(words.takes, options.getString('takes')),
  },
  posture: orNone(options.getString('posture')),
  slot: orNone(options.getString('where')),
  holding: orNone(options.getString('holding')),
  status: orNone(options.getString('status')),
  attention: orNone(options.getString('attends-to')),
})

const change = async (
  interaction: ChatInputCommandInteraction<'cached'>,
  activityAt: (head: Head, entity: EntityId) => Patch | null,
  heading: (name: string) => string,
  face: Face,
): Promise<void> => {
  const { newId, texts } = face
  const { options, user } = interaction
  const head = await worldHere(interaction, face)
  const entity = someoneNamed(head, options.getString('who', true), texts)
  await changeWorld(
    interaction,
    head,
    (newest) => setActivity(newest.state, user.id, { entity, activity: activityAt(newest, entity) }, newId),
    activityChanged(entity, heading, texts),
    face,
  )
}

/** `/activity set`: what is left out stays as it is. */
export const set: CommandHandler = (interaction, face) =>
  change(
    interaction,
    (head, entity) => patchFrom(saidIn(interaction, face.texts), head, entity, face.texts),
    face.texts.activity.changed,
    face,
  )

/** `/activity clear`. */
export const clear: CommandHandler = (interaction, face) =>
  change(interaction, () => null, face.texts.activity.cleared, face)
