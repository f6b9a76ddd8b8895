import { listed } from '../../kit/text.ts'
import type { TurnMode } from '../../story/settings.ts'

/** As many names as leave room in a message, however long they are. */
const NAMES_SHOWN = 8

const waitedFor = (names: readonly string[]): string => listed(names, NAMES_SHOWN)

/** What Skein says where several play together, and where people speak in other ways than by a message. */
export const playTexts = {
  turns: {
    about: 'How this story takes turns',
    modeAbout: 'Choose when I answer in this story',
    goAbout: 'Have the turn answered now, without waiting for anyone',
    showAbout: 'Show how this story takes turns, and for whom it waits',
    option: {
      mode: 'When I answer',
      minutes: 'For how many minutes a round waits, from 1 to 1440; 10 where nothing is said',
    },
    mode: {
      each: 'each: every message is answered',
      round: 'round: all who play speak first',
      mention: 'mention: I answer when I am mentioned',
    } satisfies Record<TurnMode, string>,
    is: (mode: TurnMode, minutes: number): string =>
      ({
        each: 'Every message is answered as it comes.',
        round: `A turn is answered when all who play and are present have spoken, or ${minutes === 1 ? 'a minute' : `${minutes} minutes`} after the first of them.`,
        mention: 'What is written is part of the story at once. Mention me, or reply to me, for an answer.',
      })[mode],
    notYours:
      'Only whoever started this story, or a moderator, can change how it takes turns. Ask one of them; `/turn go` has a turn answered now.',
    notPlaying: 'Only those who play in this story can do this. Write in the thread, and you play.',

    /** Stands in the thread while a round waits. `when`: until then at most, as Discord shows times. */
    waiting: (names: readonly string[], when: string): string =>
      names.length > 0
        ? `⌛ Waiting for ${waitedFor(names)}; answered ${when} at the latest.`
        : '⌛ Everybody has spoken.',
    goButton: 'Answer now',
    gathering: {
      round: (names: readonly string[]): string =>
        names.length > 0
          ? `This turn is waiting for ${waitedFor(names)}. \`/turn go\` has it answered now.`
          : 'This turn is about to be answered.',
      mention: 'This turn is waiting for a message that mentions me. `/turn go` has it answered without one.',
    },
    went: 'The turn is answered.',
    unanswered: 'No answer came; the thread says why. **Try again** there asks anew.',
    refused: {
      turn_not_gathering: 'No turn is waiting for anyone. `/continue` lets the story go on.',
      no_line: 'Nobody has said anything in this turn that could be answered. Write in the thread first.',
      turn_gathering: 'This turn is waiting for more. `/turn go` has it answered now.',
      unknown_entity: 'They are no longer in the story. Nothing was changed; choose someone else.',
      whispered:
        'What was whispered cannot be changed here. `/rewind` to the turn before, then whisper otherwise.',
    },
    narrator: 'Narrator',
    continueSpeaker: 'Who speaks next; without one, as it was planned',
    regenerateSpeaker: 'Who answers instead; without one, whoever it was',
  },

  acted: {
    sayAbout: 'Say something as the one you play',
    doAbout: 'Do something as the one you play',
    sayText: 'What you say',
    doText: 'What you do',
    blank: 'There is nothing in that to say or do. Write some words.',
    tooLong: (over: number): string =>
      `That is ${over} characters too long for one message. Nothing was said; shorten it, or say it in two.`,
    closing: 'Skein is being restarted, so that is not part of the story. Say it again in a minute.',
  },

  retract: {
    onMessage: 'Take back my words',
    button: 'Take it back',
    done: 'Your words are erased from the story, on every branch. What was answered to them stays.',
    stays:
      'Your words are erased from the story, but Discord did not let me delete the message. A moderator can.',
    notYours:
      'This takes back what you said with `/say` or `/do`, and this message is nothing of that. One that you wrote yourself you delete in Discord, and its words are erased; a whisper has its button under the reply that only you see.',
  },

  whisper: {
    about: 'Say something to one character alone',
    to: 'To whom',
    text: 'What you whisper; nobody else reads it',
    /** What all perceive. */
    shown: (to: string): string => `whispers to ${to}.`,
    said: (to: string, words: string): string => `To **${to}** alone: ${words}`,
    nobody: 'There is no character here to whisper to. `/scene show` shows who is present.',
    refused: {
      unknown_entity: 'That character is no longer in the story. Nothing was said; whisper to another one.',
      not_present: 'They are too far away to hear you. Nothing was said; go to them first.',
    },
  },
}
