import type { ChatInputCommandInteraction } from 'discord.js'
import type { z } from 'zod'
import type { CommandHandler, Face } from '../../src/discord/command.ts'
import { calledExactly, castIn, shownAs, someoneNamed } from '../../src/discord/names.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import { type Action, type ActivityPatch, activityOf } from '../../src/story/activity.ts'
import { setActivity } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import type { EntityId } from '../../src/story/ref.ts'
import { changes, changeWorld, fieldsOf, worldHere } from '../change.ts'
import { kindIn, orNone } from '../options.ts'
import { activityFields } from './activity.ts'

type Patch = z.input<typeof ActivityPatch>
type Options = ChatInputCommandInteraction<'cached'>['options']

/** What was said of an action: undefined for what was left out, null for no action. */
type SaidOfAction = {
  readonly label: string | null | undefined
  readonly minutes: number | undefined
  readonly interruptibility: Action['interruptibility'] | undefined
  readonly attention: Action['attention'] | undefined
}

const readAction = (options: Options, { activity: words }: Texts): SaidOfAction => ({
  label: orNone(options.getString('doing')),
  minutes: options.getInteger('minutes') ?? undefined,
  interruptibility: kindIn(words.interrupted, options.getString('interrupted-by')),
  attention: kindIn(words.takes, options.getString('takes')),
})

/** What is not said of a new action is usual; of one that goes on, it stays. `unnamed`: there is none to speak of. */
export const actionFrom = (said: SaidOfAction, known: Action | null): Patch['action'] | 'unnamed' => {
  const { label = known?.label, minutes, interruptibility, attention } = said
  if (label === null) return null
  const saysMore = [minutes, interruptibility, attention].some((value) => value !== undefined)
  if (label === undefined) return saysMore ? 'unnamed' : undefined
  if (said.label === undefined && !saysMore) return undefined
  const same = known?.label === label ? known : undefined
  return {
    label,
    minutes: minutes ?? same?.minutes ?? null,
    interruptibility: interruptibility ?? same?.interruptibility ?? 'being_called',
    attention: attention ?? same?.attention ?? 'half',
  }
}

const thingsIn = (typed: string | null | undefined): string[] | undefined =>
  typed
    ?.split(',')
    .map((thing) => thing.trim())
    .filter(Boolean) ?? (typed === null ? [] : undefined)

const attendedTo = (head: Head, typed: string | null | undefined, texts: Texts): Patch['attention'] => {
  if (typed == null) return typed
  const someone = calledExactly(castIn(head, texts), typed)
  return someone ? { entity: someone.id } : { thing: typed }
}

const patchFrom = (options: Options, head: Head, entity: EntityId, texts: Texts): Patch => {
  const known = activityOf(head.state.activities, entity)?.action ?? null
  const action = actionFrom(readAction(options, texts), known)
  if (action === 'unnamed')
    throw new UserFacingError('no_action', texts.activity.noAction(shownAs(castIn(head, texts), entity)))
  return {
    action,
    posture: orNone(options.getString('posture')),
    slot: orNone(options.getString('where')),
    holding: thingsIn(orNone(options.getString('holding'))),
    status: orNone(options.getString('status')),
    attention: attendedTo(head, orNone(options.getString('attends-to')), texts),
  }
}

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
  const told = (before: Head, after: Head) =>
    changes(
      heading(shownAs(castIn(after, texts), entity)),
      fieldsOf(texts.activity.field, (at: Head) => activityFields(at, entity, texts), before, after),
      texts,
    )
  await changeWorld(
    interaction,
    head,
    (newest) => setActivity(newest.state, user.id, { entity, activity: activityAt(newest, entity) }, newId),
    told,
    face,
  )
}

/** `/activity set`: what is left out stays as it is. */
export const set: CommandHandler = (interaction, face) =>
  change(
    interaction,
    (head, entity) => patchFrom(interaction.options, head, entity, face.texts),
    face.texts.activity.changed,
    face,
  )

/** `/activity clear`. */
export const clear: CommandHandler = (interaction, face) =>
  change(interaction, () => null, face.texts.activity.cleared, face)
