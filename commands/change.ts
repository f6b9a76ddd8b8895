import { type ChatInputCommandInteraction, type Interaction, MessageFlags } from 'discord.js'
import type { Face } from '../src/discord/command.ts'
import { inWords, ledHere } from '../src/discord/here.ts'
import { plain } from '../src/discord/render.ts'
import type { Texts } from '../src/locales/en.ts'
import { type Decision, isRefusal, type Refusal } from '../src/story/draft.ts'
import type { Head } from '../src/story/head.ts'

/** The story of this thread, for those who may change its world. */
export const worldHere = (interaction: Interaction<'cached'>, face: Face): Promise<Head> =>
  ledHere(interaction, face, face.texts.change.notYours)

/** What is to be done at a head, and what whoever asked for it reads once it is done. */
export type Change = { readonly decision: Decision | Refusal; readonly told: string }

/** A change of the world that tells what was and what is now. */
export const worldChange = (
  head: Head,
  decision: Decision | Refusal,
  told: (before: Head, after: Head) => string,
): Change => {
  if (isRefusal(decision)) return { decision, told: '' }
  const words = new Map([...head.words, ...decision.texts.map(({ id, body }) => [id, body] as const)])
  return { decision, told: told(head, { ...head, state: decision.state, words }) }
}

/** Changes the world of a story, and tells whoever did it what was and what is now. */
export const changeWorld = async (
  interaction: ChatInputCommandInteraction<'cached'>,
  { ref }: Head,
  decide: (head: Head) => Decision | Refusal,
  told: (before: Head, after: Head) => string,
  { engine, texts }: Face,
): Promise<void> => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  let content = ''
  const outcome = await engine.edit(
    ref,
    (head) => {
      const change = worldChange(head, decide(head), told)
      content = change.told
      return change.decision
    },
    interaction.id,
  )
  if (outcome === 'duplicate') return
  await interaction.editReply(outcome === 'edited' ? content : inWords(texts.change.refused, outcome))
}

/** One value as people read it, before and after; empty where there is none. */
export type Field = { readonly label: string; readonly before: string; readonly after: string }

/** What people read of something at two heads, by the labels of its values. */
export const fieldsOf = <Key extends string>(
  labels: Readonly<Record<Key, string>>,
  read: (head: Head) => Readonly<Record<Key, string>>,
  before: Head,
  after: Head,
): Field[] => {
  const [was, is] = [read(before), read(after)]
  return (Object.keys(labels) as Key[]).map((key) => ({
    label: labels[key],
    before: was[key],
    after: is[key],
  }))
}

/** How much of a value is shown. */
const VALUE_ROOM = 120

/** One row for each value that has changed, below a heading. */
export const changes = (heading: string, fields: readonly Field[], { change: words }: Texts): string => {
  const shown = (value: string) => plain(value, VALUE_ROOM) || words.nothing
  const rows = fields
    .filter(({ before, after }) => before !== after)
    .map(({ label, before, after }) => words.row(label, shown(before), shown(after)))
  return [heading, ...rows].join('\n')
}
