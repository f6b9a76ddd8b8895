import type { z } from 'zod'
import { calledExactly, castIn, shownAs } from '../../src/discord/names.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Action, ActivityPatch } from '../../src/story/activity.ts'
import type { Head } from '../../src/story/head.ts'
import type { EntityId } from '../../src/story/ref.ts'
import { activityInSight } from '../../src/story/witness.ts'
import { changes, fieldsOf } from '../change.ts'
import { activityFields } from './activity.ts'

/** Twelve things of eighty characters, with commas. */
export const HOLDING_ROOM = 1000

export type Patch = z.input<typeof ActivityPatch>

/** What someone says of an action: undefined for what was left out, null for no action. */
type SaidOfAction = {
  readonly label: string | null | undefined
  readonly minutes: number | undefined
  readonly interruptibility: Action['interruptibility'] | undefined
  readonly attention: Action['attention'] | undefined
}

type Words = string | null | undefined

/** What someone says of an activity, in their words: undefined for what was left out, null for none. */
export type SaidOfActivity = {
  readonly action: SaidOfAction
  readonly posture: Words
  readonly slot: Words
  /** Things with commas between them. */
  readonly holding: Words
  readonly status: Words
  /** Someone's name, or what a thing is called. */
  readonly attention: Words
}

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

const thingsIn = (typed: Words): string[] | undefined =>
  typed
    ?.split(',')
    .map((thing) => thing.trim())
    .filter(Boolean) ?? (typed === null ? [] : undefined)

const attendedTo = (head: Head, typed: Words, texts: Texts): Patch['attention'] => {
  if (typed == null) return typed
  const someone = calledExactly(castIn(head, texts), typed)
  return someone ? { entity: someone.id } : { thing: typed }
}

/** What is said comes to a change of what someone does. Refused where it speaks of an action that nobody named. */
export const patchFrom = (said: SaidOfActivity, head: Head, entity: EntityId, texts: Texts): Patch => {
  const { posture, slot, holding, status, attention } = said
  const action = actionFrom(said.action, activityInSight(head.state, entity).action)
  if (action === 'unnamed')
    throw new UserFacingError('no_action', texts.activity.noAction(shownAs(castIn(head, texts), entity)))
  return {
    ...{ action, posture, slot, status },
    holding: thingsIn(holding),
    attention: attendedTo(head, attention, texts),
  }
}

/** Says what was and is of what someone does. */
export const activityChanged = (
  entity: EntityId,
  heading: (name: string) => string,
  texts: Texts,
): ((before: Head, after: Head) => string) => {
  const read = (at: Head) => activityFields(at, entity, texts)
  return (before, after) =>
    changes(
      heading(shownAs(castIn(after, texts), entity)),
      fieldsOf(texts.activity.field, read, before, after),
      texts,
    )
}
