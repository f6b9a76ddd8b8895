import type { OocMarks } from '../story/segment.ts'
import type { Ending, TurnFailure } from '../story/turn.ts'

/** What Skein says, by key. Short, concrete, kind; each refusal says what to do next. */
export const en = {
  command: {
    story: 'Tell stories in threads',
    start: 'Start a story in a new thread',
    list: 'Show the stories of this server',
  },

  start: {
    heading: 'Start a story',
    title: 'Title',
    titleHint: 'The Lighthouse at Grey Point',
    premise: 'What is it about?',
    premiseHint: 'A storm has cut off the island. The light went out last night, and nobody will say why.',
    characterName: 'A character you meet',
    characterNameHint: 'Mira',
    characterPersona: 'Who they are',
    characterPersonaHint: 'The keeper’s daughter. Dry, watchful, kind when nobody looks.',
    you: 'Who you play',
    youHint: 'Ada, a smuggler who owes the sea a favour',
    untitled: 'An untitled story',
    nameless: 'The stranger',
    noRoom: 'This server has too many open threads. Archive one, then run `/story start` again.',
    begun: (thread: string) => `Your story begins in ${thread}.`,
    howTo: ({ open, close }: OocMarks) =>
      `Write here to play: \`*what you do*\`, \`"what you say"\`, \`${open}out of character${close}\`.`,
    missingPermissions: (names: readonly string[]) =>
      `I cannot tell a story here yet. In this channel I still need: ${names.join(', ')}. Ask an admin to allow them, then run \`/story start\` again.`,
    wrongChannel: 'Stories begin in a text channel. Go to one and run `/story start` there.',
  },

  list: {
    empty: 'No stories yet. Run `/story start` to begin one.',
    heading: (count: number) => (count === 1 ? '**1 story**' : `**${count} stories**`),
    entry: (thread: string, turns: number) => `${thread} · ${turns === 1 ? '1 turn' : `${turns} turns`}`,
    untold: 'Nothing has been told yet.',
    newer: 'Newer',
    older: 'Older',
  },

  button: { stop: 'Stop', retry: 'Try again' },

  /** Stands where the answer will be, while it takes its time. */
  writing: 'The answer is on its way…',

  /** How an answer ended, where it did not simply end. */
  ending: {
    finished: undefined,
    length: undefined,
    stopped: 'Stopped here.',
    cut: 'The line to the model broke here. What was written is kept; write on to continue.',
    interrupted: 'Skein was restarted here. What was written is kept; write on to continue.',
  } satisfies Record<Ending, string | undefined>,

  /** Why no answer came, and what to do. */
  failure: {
    unauthorized: 'The model refused Skein’s key. An admin needs to check OPENAI_API_KEY; then try again.',
    rate_limited: 'The model is busy with too many requests. Wait a minute, then try again.',
    unavailable: 'The model could not be reached. Try again in a moment; if it stays away, tell an admin.',
    stalled: 'The model stopped answering. Try again.',
    cut: 'The line to the model broke before a word was written. Try again.',
    empty: 'The model answered with nothing. Try again, or write your turn another way.',
    refused: 'The model declined to write this. Take another direction, or try again.',
    rejected: 'The model did not accept the request. An admin finds the reason in the log; then try again.',
    interrupted: 'Skein was restarted before a word was written. Try again.',
    stopped: 'Stopped before a word was written.',
    too_long:
      'This story’s premise, cast and last messages are too long for one prompt. Write a shorter message.',
    internal:
      'Something went wrong on Skein’s side. Try again; if it happens once more, an admin finds the reason in the log.',
  } satisfies Record<TurnFailure, string>,

  stop: {
    notRunning: 'That answer has already ended.',
    notYours: 'Only the player whose turn it is, whoever started the story, or a moderator can stop it.',
  },
  retry: { nothing: 'There is nothing to try again: the story has gone on.' },

  world: {
    address: (page: string) => `\nSkein is ready. Open ${page} and type /story start.\n`,
    improvised:
      'No language model is connected: what answers here is an improviser, made of a grammar and your own words. To connect a model, start Ollama or LM Studio on this machine, or set OPENAI_API_KEY, and start Skein again.',
    written: (model: string, source: string) =>
      source === 'settings'
        ? `Written by ${model}.`
        : `Written by ${model}, found on this machine (${source}).`,
  },

  startUp: {
    badToken: 'Discord does not accept DISCORD_TOKEN. Copy it again from the developer portal, under Bot.',
    lost: 'Discord has closed the connection for good. Check DISCORD_TOKEN and the Message Content Intent in the developer portal, then start again.',
    missingIntent:
      'the Message Content Intent is off. Switch it on in the developer portal, under Bot, and start again.',
    portInUse: 'the port of the page is taken. Set SKEIN_PORT to another one, or to 0 for any free one.',
  },

  error: (incident: string) =>
    `Something went wrong on Skein’s side. Try again; if it happens once more, give an admin this number: \`${incident}\`.`,
  unknownControl: 'This button belongs to an older version of Skein. It does nothing any more.',
}

export type Texts = typeof en
