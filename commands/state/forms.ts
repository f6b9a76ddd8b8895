import type { APIModalInteractionResponseCallbackData } from 'discord.js'
import { type FormField, formField } from '../../src/discord/form.ts'
import { castIn, labelOf } from '../../src/discord/names.ts'
import { shorten } from '../../src/discord/render.ts'
import { twoDigits } from '../../src/kit/text.ts'
import type { Texts } from '../../src/locales/en.ts'
import { timeOf } from '../../src/story/clock.ts'
import { edgeBetween } from '../../src/story/edge.ts'
import { PROSE_LIMIT } from '../../src/story/edit/edit.ts'
import type { Head } from '../../src/story/head.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import type { EntityId } from '../../src/story/ref.ts'
import { activityInSight } from '../../src/story/witness.ts'
import type { Remembered } from '../../src/turn/ports/timeline.ts'
import { fieldsIn } from '../activity/activity.ts'
import { HOLDING_ROOM } from '../activity/patch.ts'
import { ANCHOR_LIMIT, clockFields } from '../clock/clock.ts'
import { TITLE_LIMIT } from '../limits.ts'
import type { Ends } from '../relation/relation.ts'

/** Room for a number. */
const DIGITS = 8

type Form = APIModalInteractionResponseCallbackData

const formOf = (id: string, title: string, fields: readonly FormField[]): Form => ({
  custom_id: id,
  title: shorten(title, TITLE_LIMIT),
  components: fields.map(formField),
})

/**
 * What someone does, as it stands: no more of it than what goes on, which all know who see it now. `id`: the custom id
 * that the form carries.
 */
export const activityForm = (head: Head, entity: EntityId, id: string, texts: Texts): Form => {
  const { activity: words, state } = texts
  const activity = activityInSight(head.state, entity)
  const { posture, holding, status, attention } = fieldsIn(activity, head, texts)
  const action = activity.action?.label ?? ''
  const stands = { posture, action, attention, holding, status }
  const fields = (Object.keys(stands) as (keyof typeof stands)[]).map((key) => ({
    ...{ id: key, label: words.field[key], hint: state.hint[key], value: stands[key] },
    limit: key === 'holding' ? HOLDING_ROOM : LABEL_LIMIT,
  }))
  return formOf(id, state.form.activity(labelOf(castIn(head, texts), entity)), fields)
}

/** The day and the time of day as the form for the clock has them. */
export const clockStands = (minutes: number): { readonly day: string; readonly time: string } => {
  const { day, hour, minute } = timeOf(minutes)
  return { day: String(day), time: `${twoDigits(hour)}:${twoDigits(minute)}` }
}

/** The time, as it stands. */
export const clockForm = (head: Head, id: string, texts: Texts): Form => {
  const { form, hint } = texts.state
  const { day, time } = clockStands(head.state.clock.minutes)
  const { anchor } = clockFields(head, texts)
  return formOf(id, form.clock, [
    { id: 'day', label: form.day, hint: hint.day, limit: DIGITS, value: day },
    { id: 'time', label: form.time, hint: hint.time, limit: DIGITS, value: time },
    { id: 'anchor', label: texts.clock.field.anchor, hint: hint.anchor, limit: ANCHOR_LIMIT, value: anchor },
  ])
}

/** The weather, as it stands. */
export const weatherForm = (head: Head, id: string, texts: Texts): Form => {
  const { form, hint } = texts.state
  const value = head.state.clock.weather ?? ''
  return formOf(id, form.weather, [
    { id: 'weather', label: texts.clock.field.weather, hint: hint.weather, limit: LABEL_LIMIT, value },
  ])
}

/** How one feels about another, as it stands. */
export const relationForm = (head: Head, { from, to }: Ends, id: string, texts: Texts): Form => {
  const { relation: words, state } = texts
  const cast = castIn(head, texts)
  const { affinity, trust } = edgeBetween(head.state.edges, from, to)
  const feeling = { limit: DIGITS, isRequired: true }
  return formOf(id, state.change.relation(labelOf(cast, from), labelOf(cast, to)), [
    {
      id: 'affinity',
      label: words.field.affinity,
      hint: words.option.affinity,
      ...feeling,
      value: String(affinity),
    },
    { id: 'trust', label: words.field.trust, hint: words.option.trust, ...feeling, value: String(trust) },
  ])
}

/** Several memories, one after the other, to be made into one. */
export const mergeForm = (merged: readonly Remembered[], id: string, texts: Texts): Form => {
  const { form } = texts.memory
  const value = merged.map(({ body }) => body).join('\n')
  return formOf(id, texts.state.form.merge, [
    {
      id: 'text',
      label: form.label,
      hint: form.hint,
      limit: PROSE_LIMIT,
      value,
      isLong: true,
      isRequired: true,
    },
  ])
}
