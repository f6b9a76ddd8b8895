import type { APIMessage } from 'discord-api-types/v10'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { PersonEvent } from '../../src/sandbox/people/protocol.ts'
import { controlsOf, nameOf } from '../../src/sandbox/people/reading.ts'
import { FORM, type Player } from '../doubles/player.ts'
import { choose, press, type Visitor } from '../doubles/visitor.ts'
import { startWorld, type World } from './world.ts'

export type Person = { readonly visitor: Visitor; readonly player: Player }

/** Anew for each file; the story anew for each test. */
export let world: World
export let mara: Person
export let tomas: Person
export let thread: string

beforeAll(async () => {
  world = await startWorld()
  mara = await world.enter('player')
  tomas = await world.enter('second')
})
afterAll(() => world.close())

// Each test has a story of its own, with Mira, and with Ada, whom Mara plays.
beforeEach(async () => {
  thread = await mara.player.start(world.stories, FORM)
})
afterEach(() => {
  expect(world.violations).toEqual([])
})

type Options = Parameters<Player['command']>[2]
export const run = async (command: string, options: Options = {}, { player } = mara) =>
  (await player.command(thread, command.split(' '), options)).content

/** Opens the panel, and gives it as it is shown to that one alone. */
export const open = async ({ visitor } = mara, options: NonNullable<Options> = {}): Promise<APIMessage> => {
  const interaction = await visitor.do({ do: 'command', channel: thread, path: ['state'], options })
  return visitor.until('the panel', (_seen, event) =>
    event?.name === 'message' && event.ephemeral && event.message.interaction_metadata?.id === interaction
      ? event.message
      : undefined,
  )
}

const nextOf = <T>({ visitor }: Person, what: string, look: (event: PersonEvent) => T | undefined) => {
  const next = visitor.until(what, (_seen, event) => (event ? look(event) : undefined))
  // It is waited for in the end: until then its failure has nobody who takes it.
  next.catch(() => {})
  return next
}

/** The panel as it is after something was done in it. */
export const redrawn = async (
  panel: APIMessage,
  act: () => Promise<unknown>,
  person = mara,
): Promise<APIMessage> => {
  const turned = nextOf(person, 'the panel to change', (event) =>
    event.name === 'message_edited' && event.message.id === panel.id ? event.message : undefined,
  )
  await act()
  return turned
}
export const pressing = (panel: APIMessage, label: string, person = mara) =>
  redrawn(panel, () => press(person.visitor, panel, label), person)
export const choosing = (panel: APIMessage, menu: string, ...labels: string[]) =>
  redrawn(panel, () => choose(mara.visitor, panel, menu, ...labels))

/** A form that something in a panel opens. `fill` writes into it, and gives the panel as it is then. */
export const formOf = async (panel: APIMessage, act: () => Promise<unknown>, person = mara) => {
  const opening = nextOf(person, 'the form', (event) => (event.name === 'modal' ? event : undefined))
  await act()
  const { interaction, modal } = await opening
  const standing = Object.fromEntries(
    modal.components.flatMap((part) =>
      'component' in part && 'custom_id' in part.component
        ? [[part.component.custom_id, 'value' in part.component ? (part.component.value ?? '') : '']]
        : [],
    ),
  )
  const submit = (values: Readonly<Record<string, string>>) =>
    person.visitor.do({ do: 'submit', interaction, values: { ...standing, ...values } })
  return {
    title: modal.title,
    standing,
    submit,
    fill: (values: Readonly<Record<string, string>>) => redrawn(panel, () => submit(values), person),
  }
}
export const formAfter = (panel: APIMessage, label: string) =>
  formOf(panel, () => choose(mara.visitor, panel, 'Change…', label))

/** What someone is told for them alone, beside the panel. */
export const toldBeside = async (person: Person, act: () => Promise<unknown>): Promise<string> => {
  const told = nextOf(person, 'a reply', (event) =>
    event.name === 'message' && event.ephemeral && event.message.content ? event.message.content : undefined,
  )
  await act()
  return told
}

export const namesIn = (panel: APIMessage) => controlsOf(panel).map(nameOf)

/** What the menu of memories is called. */
export const MEMORIES = 'Open a memory, to edit, pin or forget it…'
