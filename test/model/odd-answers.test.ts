import { afterEach, describe, expect, test } from 'vitest'
import { openLayer, writeOver } from './layer.ts'
import { body, chunk, type Reply, scriptedProvider, sse, stream } from './provider.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Asks a provider that replies so, and gives what was shown and what came of it. */
const ask = async (...replies: readonly Reply[]) => {
  const provider = await scriptedProvider(...replies)
  closing.push(provider.close)
  return writeOver(await openLayer({ home: provider }))
}

const bare = { id: 'x', object: 'chat.completion.chunk', created: 0, model: 'm' }

describe('reasoning', () => {
  test('in a field of its own is not shown', async () => {
    const { shown, text } = await ask(
      stream(
        chunk({ role: 'assistant', reasoning_content: 'secret' }),
        chunk({ reasoning: 'secret' }),
        chunk({ content: 'The door opens.' }),
        chunk({}, 'stop'),
      ),
    )
    expect([shown, text]).toEqual(['The door opens.', 'The door opens.'])
  })

  test('that uses up all tokens is an empty answer', async () => {
    expect(await ask(stream(chunk({ content: '<think>secret' }), chunk({}, 'length')))).toMatchObject({
      ...{ shown: '', text: '' },
      end: { kind: 'failed', failure: { kind: 'empty' } },
    })
  })
})

describe('an error inside the stream', () => {
  const error = { error: { message: 'overloaded', code: 529 } }

  test('after some text is a cut', async () => {
    expect(await ask(stream(chunk({ content: 'The door' }), error))).toMatchObject({
      ...{ shown: 'The door', text: 'The door' },
      end: { kind: 'cut', failure: { kind: 'cut' } },
    })
  })

  test('that is not even JSON is one, too', async () => {
    const broken = sse(chunk({ content: 'The door' })).replace('[DONE]', '{"id":')
    expect((await ask(body(200, broken, 'text/event-stream'))).end.kind).toBe('cut')
  })
})

describe('odd chunks', () => {
  test('a refusal is refused, whatever came with it', async () => {
    expect(
      await ask(stream(chunk({ content: 'I' }), chunk({ refusal: 'I cannot.' }), chunk({}, 'stop'))),
    ).toMatchObject({ text: '', end: { kind: 'failed', failure: { kind: 'refused' } } })
  })

  test('those without choices or deltas are passed over', async () => {
    expect(
      await ask(stream(bare, chunk({ content: 'Yes.' }), { ...bare, choices: [{ finish_reason: 'stop' }] })),
    ).toMatchObject({ text: 'Yes.', end: { kind: 'finished', reason: 'stop' } })
  })

  test('a tool call that nobody asked for ends the text', async () => {
    const { end } = await ask(stream(chunk({ content: 'Yes.' }), chunk({}, 'tool_calls')))
    expect(end).toEqual({ kind: 'finished', reason: 'stop' })
  })

  test('white space alone is an empty answer', async () => {
    expect((await ask({ text: ' \n\n ' })).end).toMatchObject({ failure: { kind: 'empty' } })
  })
})

describe('what went wrong is read wherever a server says it', () => {
  const said = 'The castle is closed.'
  const bodies: [where: string, text: string][] = [
    ['under error', JSON.stringify({ error: { message: said } })],
    ['under error, as a text', JSON.stringify({ error: said })],
    ['in a list', JSON.stringify([{ error: { message: said } }])],
    ['under message', JSON.stringify({ object: 'error', message: said })],
    ['under detail', JSON.stringify({ detail: { msg: said } })],
    ['in plain text', said],
  ]
  for (const [where, text] of bodies) {
    test(where, async () => {
      expect((await ask(body(400, text))).end).toMatchObject({
        failure: { kind: 'rejected', detail: expect.stringContaining(said) },
      })
    })
  }
})
