import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { sheet } from '../../src/discord/sheet.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Head } from '../../src/story/head.ts'
import { knownHere } from '../known.ts'
import { clockFields } from './clock.ts'

/** The time in a story, what day 1 is, and the weather for those who may know it. */
export const clockSheet = (head: Head, texts: Texts): string => {
  const { time, anchor, weather } = clockFields(head, texts)
  const { field } = texts.clock
  return sheet(`### ${time}`, [
    { label: field.anchor, words: anchor },
    { label: field.weather, words: weather },
  ])
}

/** `/clock show`. */
export const show: CommandHandler = async (interaction, face) => {
  const { head } = await knownHere(interaction, face)
  await interaction.reply({ content: clockSheet(head, face.texts), flags: MessageFlags.Ephemeral })
}
