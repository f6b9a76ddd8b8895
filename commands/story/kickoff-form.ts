import type { APIModalInteractionResponseCallbackData } from 'discord.js'
import { type FormField, formField } from '../../src/discord/form.ts'
import { castIn, labelOf } from '../../src/discord/names.ts'
import { shorten } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import { timeOf } from '../../src/story/clock.ts'
import type { Head } from '../../src/story/head.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { type Kickoff, relationIn, SENTENCE_LIMIT } from '../../src/turn/kickoff.ts'
import { TITLE_LIMIT } from '../limits.ts'
import { attendedBy, type PartKey, traitsOf } from './kickoff-parts.ts'

/** What an input takes of several words with commas between them. */
const LIST_LIMIT = 4000

export type Field = keyof Texts['kickoff']['field']

type Value = Pick<FormField, 'value' | 'limit' | 'isLong'>

const few = (value: string | null | undefined): Value => ({ value: value ?? '', limit: LABEL_LIMIT })
const several = (values: readonly string[]): Value => ({ value: values.join(', '), limit: LIST_LIMIT })
const sentence = (value: string | null): Value => ({ value: value ?? '', limit: SENTENCE_LIMIT })
const number = (value: number): Value => ({ value: String(value), limit: 3 })

/** The inputs of a part, as it stands; undefined where the proposal has no such part any more. */
const inputsFor = (
  key: PartKey,
  kickoff: Kickoff,
  head: Head,
  texts: Texts,
): Partial<Record<Field, Value>> | undefined => {
  const { place, time, firstDay, weather, people } = kickoff
  switch (key[0]) {
    case 'place':
      return {
        name: few(place?.name),
        type: few(place?.type),
        inside: few(place?.inside?.name),
        traits: several(place ? traitsOf(place, texts) : []),
      }
    case 'time':
      return {
        time: few(time === null ? '' : texts.clock.when(timeOf(time))),
        firstDay: sentence(firstDay),
      }
    case 'weather':
      return { weather: few(weather) }
    case 'people': {
      const known = castIn(head, texts)
      return { people: several(people.map(({ entity }) => labelOf(known, entity)).filter(Boolean)) }
    }
    case 'person': {
      const person = people.find(({ entity }) => entity === key[1])
      if (!person) return undefined
      return {
        posture: few(person.posture),
        action: few(person.action),
        attention: few(attendedBy(person, head, texts)),
        holding: several(person.holding),
        status: few(person.status),
      }
    }
    case 'relation': {
      const relation = relationIn(kickoff, { from: key[1], to: key[2] })
      if (!relation) return undefined
      return {
        affinity: number(relation.affinity),
        trust: number(relation.trust),
        summary: { ...sentence(relation.summary), isLong: true },
      }
    }
  }
}

/** The form of a part, as it stands; undefined where the proposal has no such part any more. */
export const partForm = (
  id: string,
  title: string,
  key: PartKey,
  kickoff: Kickoff,
  head: Head,
  texts: Texts,
): APIModalInteractionResponseCallbackData | undefined => {
  const { field: labels, hint: hints } = texts.kickoff
  const inputs = inputsFor(key, kickoff, head, texts)
  const traits = Object.values(texts.place.mark).join(', ')
  return (
    inputs && {
      custom_id: id,
      title: shorten(title, TITLE_LIMIT),
      components: (Object.entries(inputs) as [Field, Value][]).map(([field, value]) =>
        formField({
          ...value,
          id: field,
          label: labels[field],
          hint: field === 'traits' ? traits : hints[field],
        }),
      ),
    }
  )
}
