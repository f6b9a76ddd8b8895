import { type Interaction, MessageFlags } from 'discord.js'
import type { ButtonHandler, CommandHandler, Face, SelectHandler } from '../../src/discord/command.ts'
import { someoneNamed } from '../../src/discord/names.ts'
import { knowableMemories } from '../../src/safety/knowable.ts'
import { knownHere } from '../known.ts'
import { demandOpen } from '../memory/owner.ts'
import { memoriesPage, memoriesPart, noMemories, ownerFor } from './memories-page.ts'
import { memoryPage } from './memory-page.ts'
import { type Panel, panelOf, type Shown } from './panel.ts'
import { relationsPage } from './relations-page.ts'
import { scenePage } from './scene-page.ts'
import { beginningOf, pages, type View, viewIn } from './view.ts'

type Page = { readonly panel: Omit<Panel, 'note'>; readonly view: View; readonly note?: string }

const pageFor = async (interaction: Interaction<'cached'>, view: View, face: Face): Promise<Page> => {
  const { memories, texts } = face
  const known = await knownHere(interaction, face)
  if (view.page === 'scene') return { panel: scenePage(known, view, texts), view }
  if (view.page === 'relations') return { panel: relationsPage(known, view, texts), view }
  if (view.page === 'memory') {
    const found = await memories.memory(known.head, view.memory)
    const [memory] = knowableMemories(known.reader, found ? [found] : [])
    if (memory) return { panel: memoryPage(known, { memory, asks: view.asks }, texts), view }
    const newest = await pageFor(interaction, beginningOf('memories'), face)
    return { ...newest, note: texts.state.memoryGone }
  }
  const owner = ownerFor(known, view.owner)
  if (owner === undefined) return { panel: noMemories(known, texts), view }
  const shown = await memoriesPart(known, owner, view.part, memories)
  return { panel: memoriesPage(known, shown, texts), view: { ...view, owner } }
}

/** A panel of what holds now, as whoever looks may know it. `note`: what it says of what was just done. */
export const shownFor = async (
  interaction: Interaction<'cached'>,
  wanted: View,
  note: string,
  face: Face,
): Promise<Shown> => {
  const { panel, view, note: instead = '' } = await pageFor(interaction, wanted, face)
  return panelOf({ ...panel, note: note || instead }, view, face.texts)
}

/** `/state`: on the page that was asked for; with a name, what that one remembers. */
export const show: CommandHandler = async (interaction, face) => {
  const { head } = await knownHere(interaction, face)
  const { options } = interaction
  const name = options.getString('whose')
  const owner = name === null ? undefined : someoneNamed(head, name, face.texts)
  if (owner !== undefined) demandOpen(interaction, head, owner, face)
  const asked = pages.find((page) => page === options.getString('page')) ?? 'scene'
  const view: View = owner === undefined ? beginningOf(asked) : { page: 'memories', owner, part: 0 }
  const { components } = await shownFor(interaction, view, '', face)
  await interaction.reply({ components, flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral })
}

/** The buttons that lead from one view to another, or to the same as it is now. */
export const go: ButtonHandler = async (interaction, [_use, ...args], face) => {
  await interaction.update(await shownFor(interaction, viewIn(args), '', face))
}

/** Whose memories to show was chosen. */
export const chooseOwner: SelectHandler = async (interaction, _args, face) => {
  const view: View = { page: 'memories', owner: interaction.values[0], part: 0 }
  await interaction.update(await shownFor(interaction, view, '', face))
}

/** A memory was chosen, to be read and changed. */
export const chooseMemory: SelectHandler = async (interaction, _args, face) => {
  const view: View = { page: 'memory', memory: interaction.values[0] ?? '', asks: false }
  await interaction.update(await shownFor(interaction, view, '', face))
}
