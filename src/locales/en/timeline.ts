import type { Impact } from '../../turn/ports/timeline.ts'

const count = (number: number, one: string, many: string): string =>
  number === 1 ? `1 ${one}` : `${number} ${many}`

/** What Skein says about going back, trying again, and going on otherwise. */
export const timelineTexts = {
  /** Said where someone may not do what belongs to all who play. */
  timelineNotYours:
    'Only whoever started this story, or a moderator, can do this. Ask one of them; `/branch create` tries another way in a thread of its own.',

  stays: {
    unknown_turn: 'This story has no such turn here. `/rewind` shows those that it has.',
    already_there: 'The story already stands there.',
    nothing_to_undo: 'There is nothing to undo any more. `/undo` shows where this story stood before.',
    unknown_head: 'That is too long ago. `/undo` shows where this story stood before.',
    no_other_answer: 'There is no other answer on this side. **Regenerate** writes another one.',
    turn_gone: 'The story has gone on since. These buttons are under the newest answer.',
    turn_open: 'An answer is being written. Wait for its end, or press **Stop**.',
    told_elsewhere: 'This branch is told in another thread now. `/branch list` shows where; go on there.',
    stale: 'The story has gone on since you asked. Run the command again.',
  },

  rewind: {
    ask: (turn: number) => `**Go back to the end of turn ${turn}?**`,
    impact: ({ turns, lines, scenes, shifts, memories, changes }: Impact) =>
      [
        count(turns, 'turn', 'turns'),
        count(lines, 'line', 'lines'),
        ...(scenes > 0 ? [count(scenes, 'scene', 'scenes')] : []),
        ...(shifts > 0 ? [count(shifts, 'change of feelings', 'changes of feelings')] : []),
        ...(memories > 0 ? [count(memories, 'memory', 'memories')] : []),
        ...(changes > 0 ? [count(changes, 'change of a character', 'changes of characters')] : []),
      ].join(', '),
    leaves: (impact: string) => `No longer in force: ${impact}.`,
    safe: 'Nothing is lost: this can be undone.',
    button: 'Rewind',
    cancel: 'Leave it',
    cancelled: 'The story stays as it is.',
    stale: 'The story has gone on since you asked. Run `/rewind` again.',
    done: (turn: number) => `The story stands at the end of turn ${turn}.`,
    undo: 'Undo',
    tooLate: 'That was undone already, or half a minute has passed. `/undo` takes a rewind back at any time.',
    noTurn: 'Name a turn by its number. The list shows the newest as you type.',
    notInStory: 'That message belongs to no turn of this story as it stands.',
    onlyTurn: 'There is nothing to go back to yet: this is the first turn.',
    entry: (turn: number, words: string) => `Turn ${turn}: ${words}`,
    divider: (who: string, turn: number) =>
      `⏪ ${who} took the story back to the end of turn ${turn}. What is struck through did not happen.`,
    undone: (who: string, turn: number) => `⏩ ${who} undid that. The story stands at turn ${turn} again.`,
    returned: (who: string, turn: number) =>
      `⏩ ${who} took the story to where it stood before, at turn ${turn}.`,
    tooMany: (limit: number) =>
      `More than ${limit} messages are no longer in force: too many to strike through. A fresh thread would show just the story.`,
    fresh: 'Open a fresh thread',
    freshOpened: (thread: string) => `The story goes on in ${thread}.`,
    movedTo: (thread: string) => `The story goes on in ${thread}. Nobody answers here any more.`,
    movedFrom: (thread: string) => `This story was told in ${thread} before.`,
  },

  undo: {
    ask: (turn: number, when: string) => `**Go back to turn ${turn}, where the story stood ${when}?**`,
    done: (turn: number) => `The story stands at turn ${turn} again.`,
    nothing: 'Nothing was taken back in this story, so there is nothing to undo.',
    pick: 'Or another point where it stood…',
    pickOnly: 'Choose where the story should go back to.',
    entry: (turn: number) => `Turn ${turn}`,
    when: (cause: string, at: Date) => `${cause}, ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    cause: {
      rewound: 'before a rewind',
      undone: 'before that was undone',
      returned: 'before it went elsewhere',
      reset: 'before it began anew',
    },
  },

  again: {
    notYours: 'Only the player whose turn it is, whoever started the story, or a moderator can do this.',
    modelNotYours:
      'Only whoever started this story, or a moderator, can choose the model for an answer. Leave `model` out, or ask one of them.',
    refused: {
      turn_open: 'An answer is being written. Wait for its end, or press **Stop**.',
      nothing_to_regenerate: 'The story has gone on since. The buttons are under the newest answer.',
      nothing_told: 'Nothing has been told yet. Wait for the opening.',
      no_line: 'Nobody said anything in this turn, so there is no line to change. Leave `line` out.',
      nothing_to_retry: 'There is nothing to try again: the story has gone on.',
    },
    done: 'Here is another answer. ◀ goes back to the one before.',
    wentOn: 'The story goes on.',
    failed: 'No answer came; the thread says why. **Try again** there asks anew.',
  },

  edited: {
    atTip: 'Your new words are in force. Shall the answer to them be written anew?',
    farBack: (turn: number) =>
      `Your new words are in force from here on. What followed turn ${turn} stays as it was; a branch can try it otherwise.`,
    answerAnew: 'Answer anew',
    branchThere: 'Branch from there',
  },

  /** What stands above a story's last lines in a thread that goes on with it. */
  recap: 'What happened last:',
}
