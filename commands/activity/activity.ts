import type { Known } from '../../src/discord/names.ts'
import { castIn, labelOf } from '../../src/discord/names.ts'
import type { Texts } from '../../src/locales/en.ts'
import { type Activity, activityOf, idle } from '../../src/story/activity.ts'
import { timeOf } from '../../src/story/clock.ts'
import type { Head } from '../../src/story/head.ts'
import type { EntityId } from '../../src/story/ref.ts'

type Fields = Readonly<Record<keyof Texts['activity']['field'], string>>

const actionIn = ({ action }: Activity, { activity: words, clock }: Texts): string =>
  action
    ? words.action({
        label: action.label,
        since: clock.when(timeOf(action.since)),
        minutes: action.minutes,
        takes: words.takes[action.attention],
        interrupted: words.interrupted[action.interruptibility],
      })
    : ''

const attendedIn = ({ attention }: Activity, cast: readonly Known[]): string => {
  if (!attention) return ''
  return 'thing' in attention ? attention.thing : labelOf(cast, attention.entity)
}

/** An activity as people read it, each part empty where nothing is known of it. */
export const fieldsIn = (activity: Activity, head: Head, texts: Texts): Fields => ({
  posture: activity.posture ?? '',
  action: actionIn(activity, texts),
  slot: activity.slot ?? '',
  holding: activity.holding.join(', '),
  status: activity.status ?? '',
  attention: attendedIn(activity, castIn(head, texts)),
})

/** All that is known of what someone does. */
export const activityFields = (head: Head, entity: EntityId, texts: Texts): Fields =>
  fieldsIn(activityOf(head.state.activities, entity) ?? idle, head, texts)
