import { describe, expect, it } from 'vitest'
import { setRolePermissions } from '../../../src/sandbox/discord/acts/channels.ts'
import { interactionStage } from './interaction-stage.ts'
import { flawsAt, type Json, stage } from './stage.ts'

const slash = (name: string) => ({ name, description: 'A command' })
const menu = (name: string, more: Json = {}) => ({ type: 3, name, ...more })

const setUp = async () => {
  const on = await stage()
  const path = `/applications/${on.discord.ids.bot}/commands`
  return { ...on, path, put: (commands: unknown) => on.callLater('PUT', path, commands) }
}

describe('registering message commands', () => {
  it('takes a name with capitals and spaces, and gives it back with its type and an empty description', async () => {
    const { put } = await setUp()
    const { status, body } = await put([menu('Pin To Memory')])
    expect(status).toBe(200)
    expect(body).toMatchObject([{ name: 'Pin To Memory', type: 3, description: '' }])
    expect((body as unknown as Json[])[0]).not.toHaveProperty('options')
  })

  it('keeps them apart from slash commands of the same name, each with its own id', async () => {
    const { put, callLater, path } = await setUp()
    const first = (await put([slash('pin'), menu('pin')])).body as unknown as Json[]
    expect(first).toMatchObject([{ type: 1 }, { type: 3 }])
    expect(first[0]?.id).not.toBe(first[1]?.id)
    const again = await callLater('POST', path, menu('pin'))
    expect(again.body.id).toBe(first[1]?.id)
    expect((await callLater('GET', path)).body).toHaveLength(2)
    expect((await put([menu('pin')])).body).toMatchObject([{ id: first[1]?.id, type: 3 }])
  })

  it.each<[string, unknown, (string | number)[], string]>([
    [
      'a description',
      [menu('Pin', { description: 'x' })],
      [0, 'description'],
      'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID',
    ],
    [
      'options',
      [menu('Pin', { options: [{ type: 3, name: 'a', description: 'b' }] })],
      [0, 'options'],
      'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID',
    ],
    ['a name over 32 characters', [menu('n'.repeat(33))], [0, 'name'], 'BASE_TYPE_BAD_LENGTH'],
    ['a name twice', [menu('Pin'), menu('Pin')], [1, 'name'], 'APPLICATION_COMMANDS_DUPLICATE_NAME'],
  ])('refuses %s', async (_, form, place, code) => {
    const { put } = await setUp()
    const answer = await put(form)
    expect(answer.body.code).toBe(50035)
    expect(flawsAt(answer, ...place)).toEqual([code])
  })

  it('allows 15 of them beside 100 slash commands, and not one more (30032)', async () => {
    const { put, callLater, path } = await setUp()
    const slashes = Array.from({ length: 100 }, (_, n) => slash(`c${n}`))
    const menus = Array.from({ length: 15 }, (_, n) => menu(`Menu ${n}`))
    expect((await put([...slashes, ...menus])).status).toBe(200)
    expect((await put([...menus, menu('One more')])).body.code).toBe(30032)
    expect((await callLater('POST', path, menu('One more'))).body.code).toBe(30032)
    expect((await callLater('POST', path, menu('Menu 3'))).status).toBe(201)
  })
})

describe('using a message command', () => {
  const registered = async (...commands: Json[]) => {
    const on = await interactionStage()
    await on.callLater('PUT', `/applications/${on.discord.ids.bot}/commands`, commands)
    const message = on.second.send(on.stories, 'Once upon a time')
    const pin = (name = 'Pin') => on.player.messageCommand(on.stories, message.id, name)
    return { ...on, message, pin }
  }

  it('gives the application the message: target_id, and the whole of it resolved', async () => {
    const { pin, given, message } = await registered(menu('Pin'), slash('pin'))
    const id = pin()
    expect(given()).toMatchObject({
      id,
      type: 2,
      data: {
        name: 'Pin',
        type: 3,
        target_id: message.id,
        resolved: {
          messages: { [message.id]: { content: 'Once upon a time', author: { username: 'tomas' } } },
        },
      },
    })
    expect(given().data).not.toHaveProperty('options')
    expect(given()).not.toHaveProperty('message')
  })

  it('is answered by a message of type 23 that refers to the one it was used on', async () => {
    const { pin, answer, message, ofSecond } = await registered(menu('Pin'))
    const id = pin()
    await answer({ type: 4, data: { content: 'Pinned' } })
    const shown = await ofSecond.next('message', ({ message: { content } }) => content === 'Pinned')
    expect(shown.message).toMatchObject({
      type: 23,
      message_reference: { message_id: message.id },
      interaction_metadata: { id, type: 2, target_message_id: message.id },
    })
  })

  it('cannot update the message that it was used on', async () => {
    const { pin, answer } = await registered(menu('Pin'))
    pin()
    expect((await answer({ type: 7, data: { content: 'x' } })).body.code).toBe(50035)
  })

  it('can open a form', async () => {
    const { pin, answer, ofPlayer } = await registered(menu('Pin'))
    const interaction = pin()
    const label = { type: 18, label: 'Why', component: { type: 4, custom_id: 'why', style: 1 } }
    expect(
      (await answer({ type: 9, data: { custom_id: 'f', title: 'Pin', components: [label] } })).status,
    ).toBe(204)
    expect(ofPlayer.named('modal')).toMatchObject([{ interaction, modal: { title: 'Pin' } }])
  })

  it('is for those whom its permissions allow, who see it beside the slash commands', async () => {
    const moderating = menu('Purge', { default_member_permissions: '8192' })
    const { pin, player, discord } = await registered(moderating, slash('pin'))
    expect(() => pin('Purge')).toThrow('There is no command “Purge” for messages.')
    expect(() => pin('pin')).toThrow('There is no command “pin” for messages.')
    expect(() => player.command(discord.ids.channels.stories, ['Purge'])).toThrow('no command /Purge')
    const { everyone } = discord.ids.roles
    const held = BigInt(discord.world.roles.get(everyone)?.permissions ?? 0)
    setRolePermissions(discord.world, everyone, held | 8192n)
    expect(pin('Purge')).toMatch(/^\d+$/)
    setRolePermissions(discord.world, everyone, held & ~(1n << 31n))
    expect(() => pin()).toThrow('You do not have permission to do that here.')
  })

  it('is not for messages that are gone, nor for those that only one person sees', async () => {
    const { answer, player, stories, ofPlayer, message, second, use } = await registered(
      menu('Pin'),
      slash('story'),
    )
    use()
    await answer({ type: 4, data: { content: 'psst', flags: 64 } })
    const secret = await ofPlayer.next('message', ({ ephemeral }) => ephemeral)
    expect(() => player.messageCommand(stories, secret.message.id, 'Pin')).toThrow('only you can see')
    expect(() => second.messageCommand(stories, secret.message.id, 'Pin')).toThrow('no longer exists')
    second.delete(stories, message.id)
    expect(() => player.messageCommand(stories, message.id, 'Pin')).toThrow('no longer exists')
  })
})
