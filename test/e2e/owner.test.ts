import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { en } from '../../src/locales/en.ts'
import { nameOf } from '../../src/model/hosts.ts'
import { FORM, type Player } from '../doubles/player.ts'
import { runProgram } from '../doubles/program.ts'
import type { Visitor } from '../doubles/visitor.ts'
import { startWorld, type World } from './world.ts'

type Guest = { readonly visitor: Visitor; readonly player: Player }

let world: World
let mara: Guest
let tomas: Guest
/** She owns the application. */
let iris: Guest

beforeEach(async () => {
  world = await startWorld()
  mara = await world.enter('player')
  tomas = await world.enter('second')
  iris = await world.enter('admin')
})
afterEach(async () => {
  const { violations } = world
  await world.close()
  expect(violations).toEqual([])
})

const refuseKey = () => world.model.faults.add({ kind: 'unauthorized', only: 'any' })
const directOf = ({ visitor }: Guest) => [...visitor.channels.values()].find(({ type }) => type === 1)?.id
const toldTo = (guest: Guest) => {
  const direct = directOf(guest)
  return direct ? guest.visitor.messagesIn(direct).map(({ message }) => message.content) : []
}
const warning = () => en.keyNotTaken(nameOf(world.model.baseUrl))

const failed = en.failed({ failure: 'unauthorized' })

/** A turn that nothing answers, to its end. */
const failAt = async (thread: string) => {
  await mara.player.say(thread, '*I knock.*')
  expect((await mara.player.answer(thread)).message.content).toContain(failed)
}

describe('when a model connection refuses its key', () => {
  test('the owner of the bot is told once, however many calls fail, and the players are not', async () => {
    const thread = await mara.player.start(world.stories, FORM)
    refuseKey()
    await failAt(thread)
    await failAt(thread)
    await iris.visitor.until('the warning', () => toldTo(iris)[0])
    await failAt(thread)
    expect(toldTo(iris)).toEqual([warning()])
    expect([directOf(mara), directOf(tomas)]).toEqual([undefined, undefined])
  })

  test('an owner who takes no messages is not told, and the story goes on once the key is taken', async () => {
    const thread = await mara.player.start(world.stories, FORM)
    world.discord.person(world.discord.ids.people.admin).block(true)
    const answered = Promise.withResolvers<number>()
    world.discord.onAnswer(({ request, status }) => {
      if (JSON.stringify(request.body ?? null).includes(warning())) answered.resolve(status)
    })
    refuseKey()
    await failAt(thread)
    expect(await answered.promise).toBe(403)
    expect(directOf(iris)).toBeUndefined()
    world.model.faults.clear()
    await world.stop()
    await world.start()
    await mara.player.say(thread, '*I knock again.*')
    expect((await mara.player.answer(thread)).message.content).not.toContain(failed)
  })
})

describe('when the key is refused from the start', () => {
  /** The program itself, on the data of this world, with a key that the model does not know. */
  const startWithWrongKey = async () => {
    await world.stop()
    const { discord, model, directory } = world
    const program = runProgram(
      {
        DISCORD_API_URL: discord.apiUrl,
        DISCORD_TOKEN: discord.token,
        OPENAI_BASE_URL: model.baseUrl,
        OPENAI_API_KEY: 'wrong',
        SKEIN_NARRATOR_MODEL: model.model,
        SKEIN_DATA_DIR: directory,
      },
      directory,
    )
    onTestFinished(async () => {
      program.kill('SIGKILL')
      await program.ended
    })
    return program
  }

  test('the owner is told before anyone has played', async () => {
    await startWithWrongKey()
    await iris.visitor.until('the warning', () => toldTo(iris)[0])
    expect(toldTo(iris)).toEqual([warning()])
  })

  test('what an owner who takes no messages would be told stands in the log', async () => {
    world.discord.person(world.discord.ids.people.admin).block(true)
    const program = await startWithWrongKey()
    await program.says('the key of this connection is not taken')
    const line = await program.says(/^.*the owner of the bot could not be told.*$/mu)
    expect(JSON.parse(line)).toMatchObject({ err: { code: 50007 } })
    expect(directOf(iris)).toBeUndefined()
  })
})
