import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '../../src/kit/logger.ts'
import { startModel } from '../../src/sandbox/model/server.ts'
import { isLive, playerOn } from '../doubles/player.ts'
import { type Program, runProgram } from '../doubles/program.ts'
import { type Visitor, visit } from '../doubles/visitor.ts'
import { twoWhoKnow } from './knowing.ts'
import { branch, edit, rewindAndUndo, swipe } from './timeline.ts'

const print = (text: string) => console.log(text)
const heading = (text: string) => print(`\n${text}`)

/** A step that did not show what it should ends the tour with exit code 1. */
const expect = (shown: boolean, what: string) => {
  if (!shown) throw new Error(`the tour expected ${what}`)
  print(`  ✓ ${what}`)
}

const directory = await mkdtemp(join(tmpdir(), 'skein-tour-'))
const model = await startModel({ port: 0, log: silentLogger(), seed: 7 })

let running: Program | undefined

const startSkein = async () => {
  const program = runProgram(
    {
      SKEIN_DATA_DIR: directory,
      SKEIN_PORT: '0',
      SKEIN_LOG_LEVEL: 'warn',
      OPENAI_BASE_URL: model.baseUrl,
      OPENAI_API_KEY: model.apiKey,
      SKEIN_NARRATOR_MODEL: model.model,
    },
    directory,
  )
  running = program
  const visitor = await visit(await program.page)
  if (!visitor.welcome.bot.online)
    await visitor.until('the bot', (_seen, event) =>
      event?.name === 'bot' && event.online ? true : undefined,
    )
  return { program, visitor, player: playerOn(visitor, print) }
}

/** An admin makes a backup now; gives its name. */
const makeBackup = async ({ program, visitor }: { program: Program; visitor: Visitor }): Promise<string> => {
  const admin = visitor.welcome.people.find(({ roleLabel }) => roleLabel === 'admin')
  const asAdmin = await visit(await program.page, admin?.id)
  const channel = [...asAdmin.channels.values()].find((one) => one.type === 0 && one.canSend)
  const made = await playerOn(asAdmin, print).command(channel?.id ?? '', ['backup', 'now'])
  print(`  ${made.content}`)
  asAdmin.leave()
  return /`([^`]+\.sqlite)`/u.exec(made.content)?.[1] ?? ''
}

const tour = async () => {
  heading('Skein starts on free ports, with an empty data directory.')
  let skein = await startSkein()
  const channel = [...skein.visitor.channels.values()].find((one) => one.type === 0 && one.canSend)
  if (!channel) throw new Error('there is no channel to start in')

  heading('Mara starts a story with /story start. She plays Ada.')
  const thread = await skein.player.start(channel.id, {
    title: 'The Lighthouse at Grey Point',
    premise: 'A storm has cut off the island. Last night the light went out, and nobody will say why.',
    name: 'Mira',
    persona: 'The keeper’s daughter. Dry, watchful, kind when nobody looks.',
    you: 'Ada, a smuggler who owes the sea a favour',
  })
  expect(skein.visitor.channels.has(thread), 'a thread with its opening scene')

  heading('Turn 1: an action.')
  await skein.player.say(thread, '*lifts the lantern and climbs the wet stairs to the lamp room*')
  const first = await skein.player.answer(thread)
  expect(first.edits > 0, 'an answer that grew by edits')
  expect(!first.message.content.startsWith('**Mira**'), 'the narrator answering an action')

  heading('Turn 2: dialogue, with a word out of character.')
  await skein.player.say(thread, '"Mira, who put out the light?" ((my phone rang, sorry))')
  const second = await skein.player.answer(thread)
  expect(second.message.content.startsWith('**Mira**'), 'Mira answering under her own name')
  const prompt = JSON.stringify(model.requests('prose').at(-1)?.body)
  expect(
    prompt.includes('who put out the light') && !prompt.includes('phone rang'),
    'a prompt without the remark',
  )

  heading('Out of character only: nothing is asked of the model.')
  const asked = model.requests('prose').length
  await skein.player.say(thread, '((back in five minutes))')

  heading('Turn 3: the model takes its time, and Mara stops the answer.')
  model.faults.add({ kind: 'stalled_stream', afterTokens: 40, times: 1 })
  await skein.player.say(thread, '*opens the oil locker and looks inside*')
  const growing = await skein.player.growing(thread)
  await skein.player.click(growing.message, 'Stop')
  const stopped = await skein.player.answer(thread)
  expect(stopped.message.content.endsWith('-# Stopped here.'), 'the answer kept and marked')
  expect(model.requests('prose').length === asked + 1, 'one answer since, none for the remark')

  heading('Turn 4: Skein is killed while it writes, and started again.')
  model.faults.add({ kind: 'stalled_stream', afterTokens: 40, times: 1 })
  await skein.player.say(thread, '*blows the dust off the logbook and reads the last page*')
  const cut = await skein.player.growing(thread)
  skein.program.kill('SIGKILL')
  await skein.program.ended
  const visible = cut.message.content
  skein = await startSkein()
  const history = (await skein.visitor.do({ do: 'history', channel: thread })) as (typeof cut.message)[]
  const marked = await skein.visitor.until('the interrupted answer', (seen) => {
    const now = [...history, ...seen.messagesIn(thread).map(({ message }) => message)]
    return now.findLast(({ id, content }) => id === cut.message.id && content.includes('restarted'))
  })
  print(`  Skein\n    ${marked.content.replaceAll('\n', '\n    ')}`)
  expect(marked.content.startsWith(visible.slice(0, 40)), 'what people had seen, kept')
  expect(!isLive(marked), 'the answer marked and at its end')
  expect(history.filter(({ id }) => id === cut.message.id).length === 1, 'nothing doubled')

  heading('Turn 5: the story goes on.')
  await skein.player.say(thread, '"Then we light it ourselves."')
  const last = await skein.player.answer(thread)
  expect(last.message.content.length > 20, 'an answer after the restart')

  const stop = { ...skein, thread, print, heading, expect }
  await swipe(stop, last)
  await rewindAndUndo(stop, last)
  await edit(stop, '"Then we light it ourselves."', '"Then we leave it dark."')
  await branch(stop)
  await twoWhoKnow(stop)

  heading('A backup is made; the story goes on; then the backup is restored.')
  const backup = await makeBackup(skein)
  await skein.player.say(thread, '*throws the logbook into the sea*')
  await skein.player.answer(thread)
  skein.program.kill('SIGTERM')
  expect((await skein.program.ended) === 0, 'a clean stop')
  const restore = runProgram({ SKEIN_DATA_DIR: directory }, directory, ['src/restore.ts', backup])
  expect((await restore.ended) === 0, 'a restored backup, and what was there kept aside')
  skein = await startSkein()
  const turns = await skein.player.command(thread, ['rewind'], { turn: '8' })
  print(`  (for the player alone) ${turns.content}`)
  expect(turns.content.includes('already stands there'), 'the story where it stood when the backup was made')

  heading('/story list')
  const list = await skein.player.command(channel.id, ['story', 'list'])
  print(`  ${list.content.replaceAll('\n', '\n  ')}`)
  expect(list.content.includes('2 branches'), 'the story once, with both of its branches')

  skein.program.kill('SIGTERM')
  expect((await skein.program.ended) === 0, 'a clean stop')
}

try {
  await tour()
  print('\nThe tour is over: every step showed what it should.')
} catch (error) {
  print(`\nThe tour failed: ${error instanceof Error ? error.message : String(error)}`)
  print(`\nSkein’s log:\n${running?.output() ?? ''}`)
  process.exitCode = 1
} finally {
  running?.kill('SIGKILL')
  await running?.ended
  await model.close()
  await rm(directory, { recursive: true, force: true })
  process.exit()
}
