import { calledIn } from '../../src/prompt/names.ts'
import { castMembers } from '../../src/story/cast.ts'
import { goOn, whisper } from '../../src/story/decide.ts'
import type { Edit } from '../../src/story/edit/edit.ts'
import { pinMemory } from '../../src/story/edit/memory.ts'
import { clearPersona, createCharacter, setPersona } from '../../src/story/edit/people.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import { addPlace, closeScene, leaveScene, openScene } from '../../src/story/edit/world.ts'
import { type Head, markOf } from '../../src/story/head.ts'
import { NARRATOR, ROOT_BRANCH, type StoryRef } from '../../src/story/ref.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import {
  BACK,
  type ByHand,
  byHand,
  elsewhere,
  LAST,
  PARTING,
  places,
  premise,
  script,
  type Turn,
  takenBack,
} from './script.ts'
import type { Telling } from './secrets.ts'
import { oathIn, smallTalk } from './small-talk.ts'
import { type Table, tableOver } from './table.ts'

/** Whoever leads the story, and plays nobody in it. */
export const nora = { id: '1000', displayName: 'Nora' }
export const players = {
  Ada: { id: '1001', displayName: 'Ada' },
  Ben: { id: '1002', displayName: 'Ben' },
} as const

export const THREAD = '500'
const main: StoryRef = { story: 'story', branch: ROOT_BRANCH }
const branch: StoryRef = { story: 'story', branch: 'untold' }

/** All that came of it. `heads`: how the story stood at the end of each turn, in each telling. */
export type Played = Pick<Table, 'sent' | 'kept'> & {
  readonly stores: Stores
  readonly heads: Readonly<Record<Telling, ReadonlyMap<number, Head>>>
}

/** Whom a name stands for. */
export const entityIn = (head: Head, name: string): string => {
  const found = castMembers(head.state.cast).find((entity) => calledIn(head)(entity) === name)
  if (found === undefined) throw new Error(`nobody is called ${name}`)
  return found
}

const placeIn = ({ state }: Head, name: string): string =>
  state.places.find((place) => place.name === name)?.place ?? ''

const OPENING: Turn = {
  ...{ by: 'nobody', answers: 'Narrator' },
  answer: 'The harbour lies still under the rain, and the ferry is late.',
}

type Where = { readonly ref: StoryRef; readonly channel: string; readonly telling: Telling }

const acting = (table: Table, stores: Stores) => {
  const { engine, newId } = table

  const edited = async <Input>(ref: StoryRef, edit: Edit<Input>, input: Input): Promise<void> => {
    const done = await engine.edit(ref, ({ state }) => edit(state, nora.id, input, newId), newId())
    if (done !== 'edited') throw new Error(JSON.stringify([done, input]))
    await engine.idle()
  }

  const doneByHand = async (ref: StoryRef, hand: ByHand): Promise<void> => {
    const head = await table.headOf(ref)
    const entity = (name: string) => entityIn(head, name)
    switch (hand.do) {
      case 'close':
        return edited(ref, closeScene, {})
      case 'open':
        return edited(ref, openScene, { place: placeIn(head, hand.at), participants: hand.who.map(entity) })
      case 'leave':
        return edited(ref, leaveScene, { entity: entity(hand.who) })
      case 'reset':
        return edited(ref, resetStory, { scope: 'character', character: entity(hand.who) })
      case 'pin': {
        const owner = entity(hand.who)
        const all = await stores.memories.memoriesOf(head, owner, 0, 99)
        const memory = all.find(({ body }) => body === hand.memory)?.memory ?? ''
        return edited(ref, pinMemory, { owner, memory })
      }
    }
  }

  const said = (head: Head, { ref, channel }: Where, { by, says = '', whispersTo, answers }: Turn) => {
    const id = newId()
    if (by === 'nobody') {
      const chosen = answers === 'Narrator' ? NARRATOR : entityIn(head, answers)
      return engine.ask(ref, ({ state }) => goOn(state, nora.id, newId, chosen), id)
    }
    const player = players[by]
    if (whispersTo) {
      const to = entityIn(head, whispersTo)
      const intent = { player, to, text: says, shown: `*whispers to ${whispersTo}*`, source: id }
      return engine.ask(ref, ({ state }) => whisper(state, intent, newId), { ids: [id], channel })
    }
    return engine.say(ref, channel, { id, sentAt: 0, player, text: says })
  }

  /** Tells a turn with all that is done after it, and gives how the story stands then. */
  const turnTold = async (where: Where, number: number, chosen?: Turn): Promise<Head> => {
    const before = await table.headOf(where.ref)
    const turn = chosen ?? oathIn(number, before) ?? smallTalk(number, before)
    table.turnTo(turn, number, where.telling)
    const outcome = await said(before, where, turn)
    await engine.idle()
    const head = await table.headOf(where.ref)
    const { phase, speaker } = head.state.turn
    const isTold = phase === 'told' && head.state.turn.number === number && head.state.settled === number
    if (!isTold || (turn.answers !== 'Narrator') === (speaker === NARRATOR))
      throw new Error(`turn ${number}: ${JSON.stringify([outcome, turn, head.state.turn])}`)
    return head
  }
  return { edited, doneByHand, turnTold }
}

/** Has the whole script acted out: the story with the turns that are taken back, and then the branch. */
export const play = async (): Promise<Played> => {
  const stores = await openStores()
  const table = tableOver(stores)
  const { engine, timeline, newId } = table
  const { edited, doneByHand, turnTold } = acting(table, stores)
  const heads = {
    'as it stands': new Map<number, Head>(),
    'taken back': new Map<number, Head>(),
    'on the branch': new Map<number, Head>(),
  }

  table.turnTo(OPENING, 1, 'as it stands')
  const begun = await engine.start(
    { ref: main, guild: '9', thread: THREAD, parent: '400' },
    {
      player: nora,
      title: 'The last ferry',
      premise,
      character: { name: 'Mira', persona: 'Keeps the lamp.' },
    },
    newId(),
  )
  if (begun !== 'duplicate') await begun.opened
  await engine.idle()
  await edited(main, clearPersona, { player: nora.id })
  await edited(main, createCharacter, { name: 'Jonas', persona: 'Ferries people across.' })
  await edited(main, createCharacter, { name: 'Wren', persona: 'Pours the drinks in the inn.' })
  for (const { id, displayName } of Object.values(players))
    await edited(main, setPersona, { player: id, name: displayName })
  for (const { name, type, audible, ...place } of places) {
    const parent = 'parent' in place ? placeIn(await table.headOf(main), place.parent) : null
    await edited(main, addPlace, { name, type, audible, parent })
  }

  const tell = async (where: Where, from: number, to: number, turns: Readonly<Record<number, Turn>>) => {
    for (let number = from; number <= to; number += 1) {
      if (where.telling === 'as it stands')
        for (const hand of byHand[number] ?? []) await doneByHand(where.ref, hand)
      heads[where.telling].set(number, await turnTold(where, number, turns[number]))
    }
  }
  const here = { ref: main, channel: THREAD }
  await tell({ ...here, telling: 'as it stands' }, 2, BACK.to, script)
  await tell({ ...here, telling: 'taken back' }, BACK.to + 1, BACK.from, takenBack)
  const seen = markOf(await table.headOf(main))
  await timeline.rewind(main, { turn: BACK.to, seen }, nora.id, newId())
  await tell({ ...here, telling: 'as it stands' }, BACK.to + 1, LAST, script)

  const parted = { id: branch.branch, author: nora.id, name: 'Untold', description: null }
  await timeline.branch(main, PARTING, parted, newId())
  const there = { ref: branch, channel: '501', telling: 'on the branch' } as const
  await tell(there, PARTING + 1, PARTING + 9, elsewhere)
  await engine.close()
  return { stores, heads, sent: table.sent, kept: table.kept }
}
