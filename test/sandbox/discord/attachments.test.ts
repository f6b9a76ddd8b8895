import { describe, expect, it } from 'vitest'
import { removeChannel } from '../../../src/sandbox/discord/acts/channels.ts'
import { channelOf } from '../../../src/sandbox/discord/world/world.ts'
import { interactionStage } from './interaction-stage.ts'
import { type Answer, flawsAt, type Json, pngOf, stage, withFiles } from './stage.ts'

const MiB = 1024 * 1024
const text = (name = 'note.txt', bytes = 'words') => ({ name, bytes })
const picture = (name = 'fox.png') => ({ name, bytes: pngOf(640, 480) })

const attachmentsOf = ({ body }: Answer): Json[] => body.attachments as Json[]

const setUp = async () => {
  const on = await stage()
  const path = `/channels/${on.discord.ids.channels.stories}/messages`
  const post = (form: unknown, ...files: Parameters<typeof withFiles>[1][]) =>
    on.callLater('POST', path, withFiles(form, ...files))
  return { ...on, path, post }
}

describe('sending files', () => {
  it('shows each with id, name, size, type and address, and an image with its width and height', async () => {
    const { post, discord } = await setUp()
    const attachments = [{ id: 0, description: 'A fox' }, { id: 1 }]
    const sent = await post({ content: 'Look', attachments }, picture(), text())
    const [fox, note] = attachmentsOf(sent)
    const prefix = `${discord.origin}/attachments/${discord.ids.channels.stories}`
    expect(fox).toMatchObject({
      filename: 'fox.png',
      description: 'A fox',
      size: pngOf(1, 1).length,
      content_type: 'image/png',
      width: 640,
      height: 480,
      url: `${prefix}/${fox?.id}/fox.png`,
      proxy_url: `${prefix}/${fox?.id}/fox.png`,
    })
    expect(note).toMatchObject({ filename: 'note.txt', size: 5, content_type: 'text/plain; charset=utf-8' })
    expect(note).not.toHaveProperty('width')
  })

  it('is enough for a message: it needs no text', async () => {
    const { post } = await setUp()
    expect(await post({}, text())).toMatchObject({ status: 200, body: { content: '' } })
  })

  it('names a file as its attachment says, in plain characters, and keeps what was left out as the title', async () => {
    const { post } = await setUp()
    const attachments = [{ id: '0', filename: 'Mira’s card.json' }, { id: '1' }]
    const sent = await post({ attachments }, text('a.txt'), text('狐.json'))
    expect(attachmentsOf(sent)).toMatchObject([
      { filename: 'Miras_card.json', title: 'Mira’s card' },
      { filename: 'file.json', title: '狐' },
    ])
  })

  it('has limits: 10 files (30015), 10 MiB each (40005), 1,024 characters to describe one (50035)', async () => {
    const { post, path, callLater } = await setUp()
    const many = await post({}, ...Array.from({ length: 11 }, () => text()))
    expect(many).toMatchObject({ status: 400, body: { code: 30015 } })
    const full = await post({}, { name: 'a.bin', bytes: Buffer.alloc(10 * MiB) })
    expect(full.status).toBe(200)
    const over = await post({}, { name: 'a.bin', bytes: Buffer.alloc(10 * MiB + 1) })
    expect(over).toMatchObject({ status: 413, body: { code: 40005, message: 'Request entity too large' } })
    const endless = await callLater('POST', path, { content: 'x'.repeat(2 * MiB) })
    expect(endless).toMatchObject({ status: 413, body: { code: 40005 } })
    const wordy = await post({ attachments: [{ id: 0, description: 'd'.repeat(1025) }] }, text())
    expect(flawsAt(wordy, 'attachments', 0, 'description')).toEqual(['BASE_TYPE_MAX_LENGTH'])
  })

  it('refuses to describe a file that did not come (50035)', async () => {
    const { post } = await setUp()
    const answer = await post({ content: 'x', attachments: [{ id: 3 }] }, text())
    expect(flawsAt(answer, 'attachments', 0)).toEqual(['ATTACHMENT_NOT_FOUND'])
  })

  it('shows none in an embed, which is not built: 501', async () => {
    const { post } = await setUp()
    const embeds = [{ image: { url: 'attachment://fox.png' } }]
    expect((await post({ embeds }, picture())).status).toBe(501)
  })

  it('needs its form as JSON: 50109 when it is broken, 400 when the parts are, 501 for other parts', async () => {
    const { path, callLater, discord } = await setUp()
    const broken = new FormData()
    broken.append('payload_json', '{')
    expect((await callLater('POST', path, broken)).body.code).toBe(50109)
    const loose = new FormData()
    loose.append('content', 'x')
    expect((await callLater('POST', path, loose)).status).toBe(501)
    const headers = {
      authorization: `Bot ${discord.token}`,
      'content-type': 'multipart/form-data; boundary=x',
    }
    const cut = await fetch(`${discord.apiUrl}/v10${path}`, { method: 'POST', headers, body: '--x\r\nfoo' })
    expect(cut.status).toBe(400)
  })
})

describe('editing a message with files', () => {
  const sent = async () => {
    const on = await setUp()
    const message = await on.post({ content: 'a' }, picture('one.png'), picture('two.png'))
    const [one, two] = attachmentsOf(message)
    const edit = async (form: unknown, ...files: Parameters<typeof withFiles>[1][]) =>
      on.callLater('PATCH', `${on.path}/${message.body.id}`, withFiles(form, ...files))
    const names = (answer: Answer) => attachmentsOf(answer).map(({ filename }) => filename)
    return { ...on, one, two, edit, names, message }
  }

  it('keeps them all and adds the new ones, when the form names no attachments', async () => {
    const { edit, names } = await sent()
    expect(names(await edit({ content: 'b' }))).toEqual(['one.png', 'two.png'])
    expect(names(await edit({}, text()))).toEqual(['one.png', 'two.png', 'note.txt'])
  })

  it('keeps and adds just those that the form names, and the others are gone', async () => {
    const { edit, names, one, two } = await sent()
    const changed = await edit({ attachments: [{ id: two?.id, description: 'Two' }, { id: 0 }] }, text())
    expect(names(changed)).toEqual(['two.png', 'note.txt'])
    expect(attachmentsOf(changed)[0]).toMatchObject({ description: 'Two' })
    expect((await fetch(String(one?.url))).status).toBe(404)
    expect((await fetch(String(two?.url))).status).toBe(200)
  })

  it('cannot leave a message without anything (50006), nor hold more than 10 files in all (30015)', async () => {
    const { edit } = await sent()
    expect((await edit({ content: '', attachments: [] })).body.code).toBe(50006)
    const nine = Array.from({ length: 9 }, () => text())
    expect((await edit({}, ...nine)).body.code).toBe(30015)
  })
})

describe('a file’s address', () => {
  it('gives the bytes; a picture is shown, and all else is a download, whatever its name says', async () => {
    const { post } = await setUp()
    const page = '<script>alert(1)</script>'
    const sent = await post({}, picture(), text('page.html', page), text('fake.png', page))
    const [fox, html, fake] = await Promise.all(attachmentsOf(sent).map(({ url }) => fetch(String(url))))
    expect(await fox?.bytes()).toEqual(new Uint8Array(pngOf(640, 480)))
    expect(fox?.headers.get('content-type')).toBe('image/png')
    expect(fox?.headers.get('content-disposition')).toBe('inline; filename="fox.png"')
    for (const file of [html, fake]) {
      expect(await file?.text()).toBe(page)
      expect(file?.headers.get('content-type')).toBe('application/octet-stream')
      expect(file?.headers.get('content-disposition')).toMatch(/^attachment;/)
      expect(file?.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it('holds for that channel, id and name alone', async () => {
    const { post, discord } = await setUp()
    const [fox] = attachmentsOf(await post({}, picture()))
    const { stories, staff } = discord.ids.channels
    const url = String(fox?.url)
    expect((await fetch(url.replace(stories, staff))).status).toBe(404)
    expect((await fetch(url.replace('fox.png', 'x.png'))).status).toBe(404)
  })

  it('ends with the message, with the thread and with the channel that it is in', async () => {
    const { post, path, callLater, discord } = await setUp()
    const alone = await post({}, picture())
    await callLater('DELETE', `${path}/${alone.body.id}`)
    const { stories } = discord.ids.channels
    const thread = await callLater('POST', `/channels/${stories}/threads`, { name: 'x', type: 11 })
    const inside = await callLater('POST', `/channels/${thread.body.id}/messages`, withFiles({}, picture()))
    await callLater('DELETE', `/channels/${thread.body.id}`)
    const last = await post({}, picture())
    const channel = channelOf(discord.world, stories)
    if (channel) removeChannel(discord.world, channel)
    for (const gone of [alone, inside, last]) {
      expect((await fetch(String(attachmentsOf(gone)[0]?.url))).status).toBe(404)
    }
    expect(discord.world.files.ids()).toEqual([])
  })
})

describe('answering with files', () => {
  it('works for the first answer (4), its edit and follow-ups; those only one person sees are marked', async () => {
    const { use, answer, webhook, ofPlayer } = await interactionStage()
    use()
    const first = withFiles({ type: 4, data: { flags: 64, attachments: [{ id: 0 }] } }, picture())
    expect((await answer(first)).status).toBe(204)
    const { message } = await ofPlayer.next('message')
    expect(message.attachments).toMatchObject([{ filename: 'fox.png', width: 640, ephemeral: true }])
    const edited = await webhook('PATCH', '/messages/@original', withFiles({ content: 'b' }, text()))
    expect(attachmentsOf(edited)).toHaveLength(2)
    const more = await webhook('POST', '', withFiles({}, text('more.txt')))
    expect(attachmentsOf(more)).toMatchObject([{ filename: 'more.txt' }])
  })

  it('fills a deferred answer, and updates the message of a button (7)', async () => {
    const { use, answer, webhook, ofPlayer, player, stories, callLater } = await interactionStage()
    use()
    await answer({ type: 5 })
    await webhook('PATCH', '/messages/@original', withFiles({}, picture()))
    expect((await ofPlayer.next('message')).message.attachments).toHaveLength(1)
    const components = [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }]
    const { body } = await callLater('POST', `/channels/${stories}/messages`, { content: 'a', components })
    player.click(stories, String(body.id), 'go')
    await answer(withFiles({ type: 7, data: { attachments: [{ id: 0 }] } }, text()))
    const { message } = await ofPlayer.next('message_edited', (event) => event.message.id === body.id)
    expect(message.attachments).toMatchObject([{ filename: 'note.txt' }])
  })
})

describe('handing a file to a command', () => {
  const card = (data: string | Buffer, name = 'mira.png') => ({
    card: { name, data: Buffer.from(data).toString('base64') },
  })
  const registered = async () => {
    const on = await interactionStage()
    const option = { type: 11, name: 'card', description: 'Its card', required: true }
    const words = { type: 3, name: 'words', description: 'Words' }
    const command = { name: 'character', description: 'Characters', options: [option, words] }
    await on.callLater('PUT', `/applications/${on.discord.ids.bot}/commands`, [command])
    const hand = (files: ReturnType<typeof card> | Record<string, never>, options = {}) =>
      on.player.command(on.stories, ['character'], options, files)
    return { ...on, hand }
  }

  it('gives the application the attachment’s id, and the attachment with an address to fetch it from', async () => {
    const { hand, given } = await registered()
    hand(card(pngOf(8, 9)), { words: 'hi' })
    const data = given().data as { options: Json[]; resolved: { attachments: Record<string, Json> } }
    const [attachment] = Object.values(data.resolved.attachments)
    expect(data.options).toEqual([
      { name: 'card', type: 11, value: attachment?.id },
      { name: 'words', type: 3, value: 'hi' },
    ])
    expect(attachment).toMatchObject({ filename: 'mira.png', width: 8, height: 9, ephemeral: true })
    const fetched = await fetch(String(attachment?.url))
    expect(await fetched.bytes()).toEqual(new Uint8Array(pngOf(8, 9)))
  })

  it('lends it for as long as the interaction lives', async () => {
    const { hand, given, clock } = await registered()
    hand(card('x'))
    const { resolved } = given().data as { resolved: { attachments: Record<string, Json> } }
    const url = String(Object.values(resolved.attachments)[0]?.url)
    await clock.advance(15 * 60_000 + 1)
    hand(card('y'))
    expect((await fetch(url)).status).toBe(404)
  })

  it('refuses none where one is needed, an empty one, one over 10 MiB, and one nobody asked for', async () => {
    const { hand } = await registered()
    expect(() => hand({})).toThrow('“card” is required.')
    expect(() => hand({}, { card: '12345678901234567' })).toThrow('“card” must be a file.')
    expect(() => hand(card(''))).toThrow('“mira.png” is empty.')
    expect(() => hand(card(Buffer.alloc(10 * MiB + 1)))).toThrow('up to 10 MiB')
    expect(() => hand({ card: { name: 'a.png', data: '§' } })).toThrow('“card” must be a file.')
    const words = { name: 'a.png', data: 'AA==' }
    expect(() => hand({ ...card('x'), words } as never)).toThrow('“words” takes no file.')
    expect(() => hand({ other: { name: 'a.png', data: 'AA==' } } as never)).toThrow('no option “other”')
  })
})
