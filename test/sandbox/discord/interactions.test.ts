import { describe, expect, it } from 'vitest'
import { interactionStage as setUp } from './interaction-stage.ts'
import { flawsAt } from './stage.ts'

const EPHEMERAL = 64
const buttons = (...ids: string[]) => [
  { type: 1, components: ids.map((id) => ({ type: 2, style: 1, label: id, custom_id: id })) },
]

describe('the first answer', () => {
  it('needs no token but the one in its path, is 204, and with_response tells what it made', async () => {
    const { use, answer, ofSecond, discord } = await setUp()
    const id = use()
    expect((await answer({ type: 4, data: { content: 'Hello' } })).status).toBe(204)
    const { message } = await ofSecond.next('message')
    expect(message).toMatchObject({
      type: 20,
      content: 'Hello',
      webhook_id: discord.ids.bot,
      interaction_metadata: { id, type: 2, user: { id: discord.ids.people.player } },
    })
    use()
    const told = await answer({ type: 4, data: { content: 'Again' } }, '?with_response=true')
    expect(told).toMatchObject({
      status: 200,
      body: {
        interaction: { type: 2, response_message_loading: false, response_message_ephemeral: false },
        resource: { type: 4, message: { content: 'Again' } },
      },
    })
  })

  it('is due within 3 seconds: then 10062, and the person is told', async () => {
    const { use, answer, ofPlayer, clock } = await setUp()
    const interaction = use()
    await clock.advance(3_001)
    expect(ofPlayer.named('interaction_failed')).toMatchObject([{ interaction }])
    const late = await answer({ type: 4, data: { content: 'late' } })
    expect(late).toMatchObject({ status: 404, body: { code: 10062, message: 'Unknown interaction' } })
  })

  it('can be given once: then 40060', async () => {
    const { use, answer } = await setUp()
    use()
    await answer({ type: 5 })
    expect(await answer({ type: 4, data: { content: 'x' } })).toMatchObject({
      status: 400,
      body: { code: 40060 },
    })
  })

  it('with a broken message is refused and may be tried again', async () => {
    const { use, answer } = await setUp()
    use()
    const tooLong = await answer({ type: 4, data: { content: 'x'.repeat(2001) } })
    expect(flawsAt(tooLong, 'content')).toEqual(['BASE_TYPE_MAX_LENGTH'])
    expect((await answer({ type: 4, data: { content: 'x' } })).status).toBe(204)
  })

  it('cannot update a message when no component was used', async () => {
    const { use, answer } = await setUp()
    use()
    expect((await answer({ type: 6 })).body.code).toBe(50035)
    expect((await answer({ type: 7, data: { content: 'x' } })).body.code).toBe(50035)
  })
})

describe('a deferred answer', () => {
  it('shows that the bot is thinking, then its text as a new message', async () => {
    const { use, answer, webhook, ofSecond } = await setUp()
    const interaction = use()
    await answer({ type: 5 })
    expect(ofSecond.named('thinking')).toMatchObject([{ interaction, ephemeral: false }])
    expect(ofSecond.named('message')).toEqual([])
    const filled = await webhook('PATCH', '/messages/@original', { content: 'Done' })
    expect(filled.body).toMatchObject({ content: 'Done', flags: 0, edited_timestamp: null })
    expect(ofSecond.named('message')).toMatchObject([
      { message: { content: 'Done', interaction_metadata: { id: interaction } } },
    ])
    const edited = await webhook('PATCH', '/messages/@original', { content: 'Better' })
    expect(edited.body.edited_timestamp).not.toBeNull()
    expect(ofSecond.named('message_edited')).toMatchObject([{ message: { content: 'Better' } }])
  })

  it('takes the first follow-up for its text, ephemeral as the deferral was', async () => {
    const { use, answer, webhook, ofPlayer, ofSecond } = await setUp()
    use()
    await answer({ type: 5, data: { flags: EPHEMERAL } })
    const filled = await webhook('POST', '', { content: 'Only you' })
    expect(filled.body.flags).toBe(EPHEMERAL)
    expect(ofPlayer.named('thinking')).toMatchObject([{ ephemeral: true }])
    expect(ofPlayer.named('message')).toMatchObject([{ ephemeral: true, message: { content: 'Only you' } }])
    expect(ofSecond.seen.filter(({ name }) => name !== 'commands')).toEqual([])
    const next = await webhook('POST', '', { content: 'Everyone' })
    expect(next.body.id).not.toBe(filled.body.id)
  })

  it('that never comes fails after the 15 minutes that its token lives', async () => {
    const { use, answer, webhook, ofPlayer, clock } = await setUp()
    const interaction = use()
    await answer({ type: 5 })
    await clock.advance(15 * 60_000)
    expect(ofPlayer.named('interaction_failed')).toMatchObject([{ interaction }])
    const late = await webhook('PATCH', '/messages/@original', { content: 'late' })
    expect(late).toMatchObject({ status: 401, body: { code: 50027, message: 'Invalid Webhook Token' } })
  })
})

describe('the interaction’s webhook', () => {
  it('does not exist before the first answer (10015), nor for another application', async () => {
    const { use, webhook, answer, call, given } = await setUp()
    use()
    expect((await webhook('PATCH', '/messages/@original', { content: 'x' })).body.code).toBe(10015)
    await answer({ type: 5 })
    const other = await call('GET', `/webhooks/12345678901234567/${given().token}/messages/@original`)
    expect(other.body.code).toBe(10015)
    const wrong = await call('GET', `/webhooks/${given().application_id}/wrong/messages/@original`)
    expect(wrong.body.code).toBe(50027)
  })

  it('gives, edits and deletes its own messages only', async () => {
    const { use, webhook, answer, player, stories, ofPlayer } = await setUp()
    const foreign = player.send(stories, 'mine')
    use()
    await answer({ type: 4, data: { content: 'one' } })
    const two = await webhook('POST', '', { content: 'two' })
    expect((await webhook('GET', `/messages/${two.body.id}`)).body.content).toBe('two')
    expect((await webhook('PATCH', `/messages/${foreign.id}`, { content: 'x' })).body.code).toBe(10008)
    expect((await webhook('DELETE', '/messages/@original')).status).toBe(204)
    expect((await webhook('GET', '/messages/@original')).body.code).toBe(10008)
    expect(ofPlayer.named('message_deleted')).toHaveLength(1)
  })
})

describe('ephemeral messages', () => {
  it('reach their person alone, and neither the channel’s list nor the channel’s routes know them', async () => {
    const { use, answer, webhook, call, stories, ofPlayer, ofSecond, player } = await setUp()
    use()
    await answer({ type: 4, data: { content: 'psst', flags: EPHEMERAL } })
    expect(ofPlayer.named('message')).toMatchObject([{ ephemeral: true }])
    expect(ofSecond.named('message')).toEqual([])
    const { body } = await webhook('GET', '/messages/@original')
    expect((await call('GET', `/channels/${stories}/messages/${body.id}`)).body.code).toBe(10008)
    expect((await call('GET', `/channels/${stories}/messages`)).body).toEqual([])
    expect(player.history(stories)).toEqual([])
  })
})

describe('components', () => {
  const posted = async () => {
    const on = await setUp()
    const path = `/channels/${on.stories}/messages`
    const rows = buttons('go', 'stop')
    const { body } = await on.callLater('POST', path, { content: 'Choose', components: rows })
    return {
      ...on,
      path,
      id: String(body.id),
      click: (id: string) => on.player.click(on.stories, String(body.id), id),
    }
  }

  it('give the application the message and the custom id, and can update the message (7)', async () => {
    const { click, answer, given, ofSecond } = await posted()
    click('go')
    expect(given()).toMatchObject({
      type: 3,
      data: { custom_id: 'go', component_type: 2 },
      message: { content: 'Choose' },
    })
    await answer({ type: 7, data: { content: 'Chosen', components: [] } })
    expect(ofSecond.named('message_edited')).toMatchObject([
      { message: { content: 'Chosen', components: [] } },
    ])
  })

  it('deferred (6) show nothing, and @original is then the message they are on', async () => {
    const { click, answer, webhook, ofPlayer, id } = await posted()
    const before = ofPlayer.seen.length
    click('stop')
    await answer({ type: 6 })
    expect(ofPlayer.seen).toHaveLength(before)
    expect((await webhook('GET', '/messages/@original')).body.id).toBe(id)
  })

  it('answered with a message (4) are replied to: type 19', async () => {
    const { click, answer, webhook, id } = await posted()
    click('go')
    await answer({ type: 4, data: { content: 'Gone' } })
    const { body } = await webhook('GET', '/messages/@original')
    expect(body).toMatchObject({ type: 19, message_reference: { message_id: id } })
  })

  it('of a select give what was chosen, within its limits', async () => {
    const { callLater, path, id, player, stories, given } = await posted()
    const options = ['a', 'b', 'c'].map((value) => ({ label: value, value }))
    const select = { type: 3, custom_id: 'pick', options, min_values: 1, max_values: 2 }
    await callLater('PATCH', `${path}/${id}`, { components: [{ type: 1, components: [select] }] })
    const pick = (...values: string[]) => player.click(stories, id, 'pick', values)
    expect(() => pick()).toThrow('Choose 1 to 2.')
    expect(() => pick('z')).toThrow('That is not one of the choices.')
    pick('a', 'c')
    expect(given()).toMatchObject({ data: { component_type: 3, values: ['a', 'c'] } })
  })

  it('cannot be used when they or their message are gone', async () => {
    const { click, callLater, path, id } = await posted()
    expect(() => click('other')).toThrow('That button is no longer there.')
    const disabled = [
      { type: 1, components: [{ type: 2, style: 1, label: 'a', custom_id: 'go', disabled: true }] },
    ]
    await callLater('PATCH', `${path}/${id}`, { components: disabled })
    expect(() => click('go')).toThrow('That button is disabled.')
    await callLater('DELETE', `${path}/${id}`)
    expect(() => click('go')).toThrow('That message no longer exists.')
  })
})
