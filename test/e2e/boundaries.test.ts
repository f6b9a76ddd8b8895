import { describe, expect, test } from 'vitest'
import { en } from '../../src/locales/en.ts'
import { openDatabase } from '../../src/store/database.ts'
import { storesOver } from '../../src/store/stores.ts'
import { countingIds } from '../doubles/ids.ts'
import type { Player } from '../doubles/player.ts'
import { iris, mara, type Options, run as runOf, thread, tomas, visitor, world } from './server.ts'

const run = (player: Player, command: string, ...rest: [Options?, string?]) =>
  runOf(player, `boundaries ${command}`, ...rest)
const play = async (words: string, player = mara): Promise<string> => {
  await player.say(thread, words)
  return (await player.answer(thread)).message.content
}

const { refused } = en.boundaries

describe('/boundaries', () => {
  test('those who play add to what holds in their story, admins to what holds on the server, and all see it', async () => {
    expect(await run(tomas, 'show', {}, world.stories)).toBe(
      `${en.boundaries.none}\n-# ${en.boundaries.elsewhere}`,
    )
    expect(await run(tomas, 'line', { label: 'spiders' })).toBe(en.boundaries.notPlaying)
    await play('*steps in*', tomas)
    expect(await run(tomas, 'line', { label: 'spiders', words: 'arachnid, cobweb,, Arachnid' })).toBe(
      [
        'From the next answer on, this never happens in this story: **spiders**.',
        '-# Skein stops an answer where it comes to: spiders, Arachnid, cobweb.',
      ].join('\n'),
    )
    expect(await run(mara, 'veil', { label: 'blood', where: 'server' })).toBe(en.settings.adminsOnly)
    expect(await run(iris, 'veil', { label: '*blood*', where: 'server' }, world.stories)).toContain(
      'may happen in the stories of this server, but is not shown: **\\*blood\\***.',
    )
    expect(await run(mara, 'show')).toBe(
      [
        en.boundaries.of.server.veils,
        '- \\*blood\\*',
        en.boundaries.of.story.lines,
        '- spiders · also: Arachnid, cobweb',
        `-# ${en.boundaries.howTo}`,
      ].join('\n'),
    )
    expect(await run(mara, 'show', {}, world.stories)).not.toContain('spiders')
    expect(await run(mara, 'line', { label: 'spiders' }, world.stories)).toContain(
      'This works in a story’s thread',
    )
  })

  test('adding only ever makes it stricter', async () => {
    await run(mara, 'veil', { label: 'spiders', words: 'cobweb' })
    await run(mara, 'line', { label: 'Spiders', words: 'arachnid' })
    expect(await run(mara, 'show')).toContain(
      `${en.boundaries.of.story.lines}\n- Spiders · also: cobweb, arachnid\n`,
    )
    expect(await run(mara, 'veil', { label: 'SPIDERS' })).toBe(refused.stricter)
    expect(await run(mara, 'line', { label: 'spiders', words: 'cobweb' })).toBe(refused.unchanged)
    await run(mara, 'line', { label: 'spiders', words: 'web' })
    expect(await run(mara, 'show')).toContain('- Spiders · also: cobweb, arachnid, web\n')
  })

  test('what cannot be is refused in words, and changes nothing', async () => {
    const words = (count: number) => Array.from({ length: count }, (_, nth) => `word${nth}`).join()
    expect(await run(mara, 'line', { label: '  ' })).toBe(refused.bad_label)
    expect(await run(mara, 'line', { label: 'a', words: words(21) })).toBe(refused.too_many_words)
    expect(await run(mara, 'line', { label: 'a', words: 'x'.repeat(81) })).toBe(refused.bad_word)
    await expect(run(mara, 'line', { label: 'x'.repeat(81) })).rejects.toThrow('80')
    expect(await run(mara, 'show')).toContain(en.boundaries.none)
  })

  test('many that are added at once are all kept, up to as many as there can be', async () => {
    const labels = Array.from({ length: 40 }, (_, nth) => `fear ${nth}`)
    const path = ['boundaries', 'line']
    for (const label of labels) void visitor.do({ do: 'command', channel: thread, path, options: { label } })
    await visitor.until('all replies', () => {
      const replies = visitor.messagesIn(thread).filter(({ message }) => message.content.includes('**fear'))
      return replies.length === labels.length || undefined
    })
    expect(await run(mara, 'line', { label: 'one more' })).toBe(refused.too_many)
    const shown = await run(mara, 'show')
    for (const label of labels) expect(shown).toContain(`- ${label}\n`)
  })

  test('only those in charge take one away, and what is not there is refused with what is', async () => {
    await run(mara, 'line', { label: 'spiders' })
    await run(iris, 'veil', { label: 'blood', where: 'server' })
    expect(await run(tomas, 'remove', { label: 'spiders' })).toBe(en.boundaries.notYours)
    expect(await run(mara, 'remove', { label: 'blood', where: 'server' })).toBe(en.settings.adminsOnly)
    expect(await run(mara, 'remove', { label: 'blood' })).toBe(
      en.boundaries.unknown('blood', 'story', 'spiders'),
    )
    const suggested = (options: Options & object) =>
      mara.suggested(thread, ['boundaries', 'remove'], { label: '', ...options }, 'label')
    expect(await suggested({})).toEqual(['spiders'])
    expect(await suggested({ where: 'server' })).toEqual(['blood'])
    expect(await run(mara, 'remove', { label: 'SPIDERS ' })).toContain('is neither a line nor a veil')
    expect(await run(iris, 'remove', { label: 'blood', where: 'server' })).toContain('neither')
    expect(await run(mara, 'show')).toContain(en.boundaries.none)
  })
})

describe('given a line', () => {
  const requests = () => world.model.requests().map(({ body }) => JSON.stringify(body))
  const asked = (name: string) => requests().findLast((body) => body.includes(`"name":"${name}"`))

  test('an answer that crosses it stops before that sentence, and its words are nowhere', async () => {
    await run(mara, 'line', { label: 'asides to the player', words: 'tell me if' })
    // Given a model that ends its prose with a sentence that crosses the line.
    world.model.faults.add({ kind: 'broken_json', how: 'words', only: 'prose', times: 1 })
    const shown: string[] = []
    const watched = visitor.until('the end of the answer', (_seen, event) => {
      if (event?.name !== 'message' && event?.name !== 'message_edited') return undefined
      shown.push(event.message.content)
      return event.message.content.includes(en.ending.held_back) || undefined
    })
    const told = await play('*I knock.*')
    await watched

    expect(told).toContain('Here is what you asked for')
    expect(told).toContain(`\n-# ${en.ending.held_back}`)
    expect(shown.join()).not.toMatch(/tell me if/iu)
    await play('*I wait.*')
    const after = requests()
    expect(after.findLast((body) => body.includes('I wait.'))).toContain('Here is what you asked for')
    expect(after.join().match(/tell me if it/giu)).toBeNull()

    await world.stop()
    const db = await openDatabase(world.directory)
    const { store, threads } = storesOver(db, Date.now, countingIds('read'))
    const ref = await threads.storyIn(thread)
    const head = ref && (await store.load(ref))
    const transcript = head && (await store.lines(head, 1, head.state.turn.number))
    await db.destroy()
    const kept = transcript?.map(({ text }) => text).join('\n')
    expect(kept).toContain('Here is what you asked for')
    expect(kept).not.toMatch(/tell me if/iu)
  })

  test('it stands in what the writer, the planner and the archivist are told, from the next answer on', async () => {
    await mara.command(thread, ['settings', 'story'], { writing: 'full' })
    await play('*I knock.*')
    expect(requests().join()).not.toContain('harm to animals')
    await run(mara, 'line', { label: 'harm to animals' })
    await run(iris, 'veil', { label: 'a wedding night', where: 'server' })
    await play('*I wait.*')
    // An edit waits until all that the turn brings along is done.
    await mara.command(thread, ['clock', 'advance'], { by: '1h' })
    const writer = JSON.stringify(world.prose().at(-1)?.body)
    expect(asked('archivist')).toContain('I wait.')
    for (const body of [writer, asked('planner'), asked('archivist')]) {
      expect(body).toContain('- harm to animals')
      expect(body).toContain('- a wedding night')
    }
  })
})
