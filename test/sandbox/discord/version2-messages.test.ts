import { describe, expect, it } from 'vitest'
import { watch } from '../../doubles/watch.ts'
import { interactionStage } from './interaction-stage.ts'
import { type Answer, flawsAt, identified, type Json, pngOf, stage, withFiles } from './stage.ts'
import {
  button,
  container,
  file,
  gallery,
  panel,
  row,
  section,
  select,
  thumbnail,
  VERSION_2,
  words,
} from './version2.ts'

const EPHEMERAL = 64
const LOADING = 128
const BESIDE = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'

/** The first picture of a gallery that stands first. */
const mediaIn = (components: unknown): Json =>
  (components as [{ items: [{ media: Json }] }])[0].items[0].media

const setUp = async () => {
  const on = await stage()
  const path = `/channels/${on.discord.ids.channels.stories}/messages`
  const post = (form: unknown, ...files: Parameters<typeof withFiles>[1][]) =>
    on.callLater('POST', path, files.length ? withFiles(form, ...files) : form)
  const patch = ({ body }: Answer, form: unknown, ...files: Parameters<typeof withFiles>[1][]) =>
    on.callLater('PATCH', `${path}/${body.id}`, files.length ? withFiles(form, ...files) : form)
  return { ...on, path, post, patch }
}

describe('editing a message with IS_COMPONENTS_V2', () => {
  it('takes new components when the edit has the flag too, and refuses them when it has not', async () => {
    const { post, patch } = await setUp()
    const sent = await post(panel(words('before')))
    const edited = await patch(sent, panel(words('after')))
    expect(edited.body).toMatchObject({ flags: VERSION_2, components: [{ content: 'after' }] })
    expect(edited.body.edited_timestamp).not.toBeNull()
    const bare = await patch(sent, { components: [words('again')] })
    expect(flawsAt(bare, 'components', 0)).toEqual(['UNION_TYPE_CHOICES'])
  })

  it('never takes the flag away, so that it can have neither text nor embeds', async () => {
    const { post, patch } = await setUp()
    const sent = await post(panel(words('a')))
    expect((await patch(sent, { flags: 0 })).body).toMatchObject({ flags: VERSION_2 })
    expect(flawsAt(await patch(sent, { flags: 0, content: 'b' }), 'content')).toEqual([BESIDE])
    expect(flawsAt(await patch(sent, { embeds: [{ title: 'b' }] }), 'embeds')).toEqual([BESIDE])
  })

  it('cannot leave it empty (50006)', async () => {
    const { post, patch } = await setUp()
    const sent = await post(panel(words('a')))
    expect((await patch(sent, panel())).body.code).toBe(50006)
  })

  it('makes one of an older message whose text and embeds go with it', async () => {
    const { post, patch } = await setUp()
    const sent = await post({ content: 'a', embeds: [{ title: 'b' }], components: [row(button('c'))] })
    const kept = await patch(sent, panel(words('a')))
    expect(flawsAt(kept, 'content')).toEqual([BESIDE])
    expect(flawsAt(kept, 'embeds')).toEqual([BESIDE])
    const nulled = await patch(sent, { ...panel(words('a')), content: null, embeds: null })
    expect(flawsAt(nulled, 'embeds')).toEqual([BESIDE])
    const turned = await patch(sent, { ...panel(words('a')), content: null, embeds: [] })
    expect(turned.body).toMatchObject({
      flags: VERSION_2,
      content: '',
      embeds: [],
      components: [{ content: 'a' }],
    })
  })
})

describe('files in components', () => {
  const fox = { name: 'fox.png', bytes: pngOf(640, 480) }
  const note = { name: 'note.txt', bytes: 'words' }

  it('are those that came with the message, and are listed no second time', async () => {
    const { post, discord } = await setUp()
    const sent = await post(
      panel(
        section(thumbnail('attachment://fox.png', { description: 'A fox' }), words('a')),
        file('attachment://note.txt'),
      ),
      fox,
      note,
    )
    expect(sent).toMatchObject({ status: 200, body: { attachments: [] } })
    const [shown, held] = sent.body.components as { accessory: { media: Json }; file: Json }[]
    const media = shown?.accessory.media
    expect(media).toMatchObject({ width: 640, height: 480, content_type: 'image/png' })
    expect(media?.url).toBe(
      `${discord.origin}/attachments/${discord.ids.channels.stories}/${media?.attachment_id}/fox.png`,
    )
    expect(shown?.accessory).toMatchObject({ description: 'A fox', spoiler: false })
    expect(held).toMatchObject({ name: 'note.txt', size: 5, spoiler: false })
    expect(await (await fetch(String(held?.file.url))).text()).toBe('words')
  })

  it('must be there: otherwise 50035 at the address', async () => {
    const { post } = await setUp()
    const sent = await post(panel(container([gallery('attachment://fox.png', 'attachment://wolf.png')])), fox)
    const place = ['components', 0, 'components', 0, 'items', 1, 'media', 'url']
    expect(flawsAt(sent, ...place)).toEqual(['UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND'])
  })

  it('are listed as attachments while no component shows them', async () => {
    const { post } = await setUp()
    const sent = await post(panel(words('a')), note)
    expect(sent.body.attachments).toMatchObject([{ filename: 'note.txt' }])
  })

  it('may be pictures from elsewhere, by their address', async () => {
    const { post } = await setUp()
    const url = 'https://pictures.example/fox.png'
    const sent = await post(panel(gallery(url)))
    expect(sent.body.components).toMatchObject([
      { items: [{ media: { url, proxy_url: url }, description: null }] },
    ])
    expect(JSON.stringify(sent.body.components)).not.toContain('attachment_id')
  })

  it('stay with an edit that names them again, by name or by the address that Discord gave', async () => {
    const { post, patch } = await setUp()
    const sent = await post(panel(gallery('attachment://fox.png')), fox)
    const media = mediaIn(sent.body.components)
    for (const url of ['attachment://fox.png', String(media.url)]) {
      const edited = await patch(sent, panel(words('a'), gallery(url)))
      expect(edited.body.components).toMatchObject([
        {},
        { items: [{ media: { attachment_id: media.attachment_id } }] },
      ])
    }
    expect((await fetch(String(media.url))).status).toBe(200)
  })

  it('go with an edit that keeps none', async () => {
    const { post, patch } = await setUp()
    const sent = await post(panel(gallery('attachment://fox.png')), fox)
    const media = mediaIn(sent.body.components)
    const dangling = await patch(sent, { attachments: [] })
    expect(dangling.body.code).toBe(50035)
    expect((await patch(sent, { ...panel(words('a')), attachments: [] })).status).toBe(200)
    expect((await fetch(String(media.url))).status).toBe(404)
  })
})

describe('answering with IS_COMPONENTS_V2', () => {
  const view = panel(
    container([words('A'), section(button('look'), words('B')), row(select('who', ['x', 'y']))]),
  )
  const privately = { ...view, flags: VERSION_2 | EPHEMERAL }

  it('shows an ephemeral message to its person alone', async () => {
    const { use, answer, ofPlayer, ofSecond } = await interactionStage()
    use()
    expect((await answer({ type: 4, data: privately })).status).toBe(204)
    const { message, ephemeral } = await ofPlayer.next('message')
    expect(ephemeral).toBe(true)
    expect(message).toMatchObject({ flags: VERSION_2 | EPHEMERAL, components: [{ type: 17 }] })
    expect(ofSecond.named('message')).toEqual([])
  })

  it.each([
    ['PATCH', '/messages/@original'],
    ['POST', ''],
  ])('fills a deferred answer, whose own flag counts for nothing: %s%s', async (method, path) => {
    const { use, answer, webhook, ofPlayer } = await interactionStage()
    use()
    await answer({ type: 5, data: { flags: EPHEMERAL | VERSION_2 } })
    expect((await webhook('GET', '/messages/@original')).body.flags).toBe(EPHEMERAL | LOADING)
    expect((await webhook(method, path, view)).body.flags).toBe(EPHEMERAL | VERSION_2)
    expect(ofPlayer.named('message')).toMatchObject([
      { ephemeral: true, message: { components: [{ type: 17 }] } },
    ])
  })

  it('is open to follow-ups, and to edits of the first answer', async () => {
    const { use, answer, webhook } = await interactionStage()
    use()
    await answer({ type: 4, data: privately })
    const edited = await webhook('PATCH', '/messages/@original', panel(words('C')))
    expect(edited.body).toMatchObject({ flags: VERSION_2 | EPHEMERAL, components: [{ content: 'C' }] })
    expect((await webhook('POST', '', privately)).body).toMatchObject({ flags: VERSION_2 | EPHEMERAL })
  })

  it('is pressed wherever the button stands, and the interaction brings the whole message', async () => {
    const { use, answer, player, stories, ofPlayer, given } = await interactionStage()
    use()
    await answer({ type: 4, data: privately })
    const { message } = await ofPlayer.next('message')
    player.click(stories, message.id, 'look')
    expect(given()).toMatchObject({
      type: 3,
      data: { custom_id: 'look', component_type: 2, id: 5 },
      message: { id: message.id, flags: VERSION_2 | EPHEMERAL, components: message.components },
    })
    await answer({ type: 7, data: panel(words('D'), row(button('back'))) })
    const { message: updated } = await ofPlayer.next('message_edited')
    expect(updated).toMatchObject({ id: message.id, components: [{ content: 'D' }, { type: 1 }] })
    player.click(stories, message.id, 'back')
    expect((await answer({ type: 6 })).status).toBe(204)
  })

  it('is chosen from in a container, within the bounds of the select', async () => {
    const { use, answer, player, stories, ofPlayer, given } = await interactionStage()
    use()
    await answer({ type: 4, data: privately })
    const { message } = await ofPlayer.next('message')
    expect(() => player.click(stories, message.id, 'who', ['x', 'y'])).toThrow('Choose 1 to 1.')
    player.click(stories, message.id, 'who', ['y'])
    expect(given()).toMatchObject({ data: { custom_id: 'who', component_type: 3, values: ['y'] } })
  })

  it('refuses to update a message of version 2 with what is not', async () => {
    const { use, answer, player, stories, ofPlayer } = await interactionStage()
    use()
    await answer({ type: 4, data: view })
    const { message } = await ofPlayer.next('message')
    player.click(stories, message.id, 'look')
    const refused = await answer({ type: 7, data: { content: 'plain', components: [] } })
    expect(flawsAt(refused, 'content')).toEqual([BESIDE])
    expect((await answer({ type: 7, data: panel(words('E')) })).status).toBe(204)
  })
})

it('reaches the gateway and people whole, with addresses that each of them can fetch', async () => {
  const { discord, post } = await setUp()
  const { client } = await identified(discord)
  const seen = watch(discord.person(discord.ids.people.player))
  await post(panel(gallery('attachment://fox.png')), { name: 'fox.png', bytes: pngOf(8, 8) })
  const { d } = await client.dispatch('MESSAGE_CREATE')
  expect(d).toMatchObject({ flags: VERSION_2, content: '', attachments: [] })
  const media = mediaIn(d.components)
  expect((await fetch(String(media.url))).status).toBe(200)
  const { message } = await seen.next('message')
  expect(message).toMatchObject({ attachments: [], components: [{ items: [{ media: { width: 8 } }] }] })
  expect(`${discord.origin}${mediaIn(message.components).url}`).toBe(media.url)
})
