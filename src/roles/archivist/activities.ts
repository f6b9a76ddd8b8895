import type { z } from 'zod'
import { type ActivityPatch, HOLDING_LIMIT } from '../../story/activity.ts'
import type { EntityId } from '../../story/ref.ts'
import type { StoryState } from '../../story/state.ts'
import { witnessesOf } from '../../story/witness.ts'
import type { Member } from '../roster.ts'
import type { Proposal } from './proposal.ts'
import type { Terms } from './terms.ts'

type Patch = z.input<typeof ActivityPatch>
/** Those who see it. */
type Readers = readonly EntityId[]

type Proposed = Proposal['activities'][number]

/** A week: whatever takes longer is not what someone is at. */
const LONGEST = 7 * 24 * 60

const actionIn = (terms: Terms, action: Proposed['action'], readers: Readers): Patch['action'] => {
  if (action === null) return undefined
  const label = terms.label(action.label, readers)
  if (label === null || label === undefined) return label
  const minutes = action.minutes === null ? null : Math.min(LONGEST, Math.max(0, Math.round(action.minutes)))
  return { ...action, label, minutes }
}

const attentionIn = (
  terms: Terms,
  who: Member,
  proposed: string | null,
  readers: Readers,
): Patch['attention'] => {
  const other = terms.member(proposed)
  if (other) return other === who ? undefined : { entity: other.entity }
  const thing = terms.label(proposed, readers)
  return typeof thing === 'string' ? { thing } : thing
}

const holdingIn = (terms: Terms, proposed: readonly string[] | null, readers: Readers): Patch['holding'] => {
  const things = proposed?.slice(0, HOLDING_LIMIT).map((thing) => terms.label(thing, readers))
  return things && [...new Set(things.filter((thing) => typeof thing === 'string'))]
}

/**
 * What people are seen to do now, as far as they perceived it themselves: what is told of the absent is hearsay. It
 * stands in the prompts of all who see them, so it rests on a line that each of these perceived: a whisper shows nothing.
 */
export const activitiesIn = (
  world: StoryState,
  terms: Terms,
  { activities }: Proposal,
): { readonly entity: EntityId; readonly activity: Patch }[] =>
  activities.flatMap((proposed) => {
    const who = terms.member(proposed.who)
    const line = terms.line(proposed.line)
    if (!who?.isPresent || !line) return []
    const watching = witnessesOf(world, who.entity, 'action')
    if (!watching.every((entity) => line.witnesses.includes(entity))) return []
    const activity: Patch = {
      posture: terms.label(proposed.posture, watching),
      action: actionIn(terms, proposed.action, watching),
      attention: attentionIn(terms, who, proposed.attends_to, watching),
      holding: holdingIn(terms, proposed.holding, watching),
      status: terms.label(proposed.status, watching),
    }
    return [{ entity: who.entity, activity }]
  })
