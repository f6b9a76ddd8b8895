/** Where a line or a veil holds. */
export type BoundaryPlace = 'story' | 'server'

type Kind = 'lines' | 'veils'

const inPlace: Readonly<Record<BoundaryPlace, string>> = {
  story: 'in this story',
  server: 'in the stories of this server',
}

/** What Skein says about what must not stand in a story, and about pausing it. */
export const safetyTexts = {
  boundaries: {
    about: 'Lines and veils: what never happens in a story, and what is not shown',
    show: 'Show the lines and veils that hold here',
    line: 'Name what never happens in a story',
    veil: 'Name what may happen, but is not shown',
    remove: 'Take a line or a veil away',
    option: {
      label: 'What it is, in a few words, as “spiders”',
      words: 'Other words for it, with commas, as “arachnid, cobweb”',
      removed: 'Which one',
      where: 'Where it holds; without it, in this story',
    },
    where: { story: 'this story', server: 'the whole server' } satisfies Record<BoundaryPlace, string>,

    of: {
      server: {
        lines: '**Lines of this server**: these never happen',
        veils: '**Veils of this server**: these may happen, but are not shown',
      },
      story: {
        lines: '**Lines of this story**: these never happen',
        veils: '**Veils of this story**: these may happen, but are not shown',
      },
    } satisfies Record<BoundaryPlace, Record<Kind, string>>,
    entry: (label: string, words: string) => (words ? `- ${label} · also: ${words}` : `- ${label}`),
    none: 'No lines or veils are set here. Whoever plays in a story can set one there, with `/boundaries line` or `/boundaries veil`.',
    elsewhere: 'In a story’s thread you see what is set for that story, too.',
    howTo: 'Whoever plays in a story can add to its lines and veils, at any time and without a reason.',

    added: {
      lines: (label: string, where: BoundaryPlace) =>
        `From the next answer on, this never happens ${inPlace[where]}: **${label}**.`,
      veils: (label: string, where: BoundaryPlace) =>
        `From the next answer on, this may happen ${inPlace[where]}, but is not shown: **${label}**.`,
    } satisfies Record<Kind, (label: string, where: BoundaryPlace) => string>,
    known: (words: string) => `Skein stops an answer where it comes to: ${words}.`,
    onlyLabel:
      'Models are told of it, and Skein stops an answer that names it. If there are other words for it, run this again with `words`.',
    refused: {
      unchanged: 'Nothing was changed: that is set already. `/boundaries show` lists all.',
      stricter:
        'Nothing was changed: it is a line already, and a line is stricter than a veil. `/boundaries show` lists all.',
      too_many:
        'Nothing was changed: there are as many here as there can be. Remove one with `/boundaries remove`, or join two in one with `words`.',
      too_many_words:
        'Nothing was changed: one can have at most 20 other words. Name the rest under a second one.',
      bad_label: 'Nothing was changed: it needs a name of 1 to 80 characters.',
      bad_word:
        'Nothing was changed: each of the other words has at most 80 characters, with commas between them.',
    },
    removed: (label: string, where: BoundaryPlace) =>
      `From the next answer on, **${label}** is neither a line nor a veil ${inPlace[where]} any more.`,
    unknown: (typed: string, where: BoundaryPlace, names: string) =>
      `There is no “${typed}” among the lines and veils ${inPlace[where]}${names ? `, but: ${names}` : ''}. Nothing was changed; with \`where\` you choose those of the story or of the server.`,
    notPlaying:
      'The lines and veils of a story are set by those who play in it. Write a line in its thread, or run `/persona set`; then try again.',
    notYours:
      'Only whoever started this story, or a moderator, can take a line or a veil away. Talk to one of them.',
  },

  pause: {
    about: 'Stop the story at once; nobody has to say why',
    notice: [
      '⏸️ **This story is paused.** Take the time that you need; nobody has to say why.',
      'What is written here meanwhile is not part of the story. `/boundaries` can set what must not stand in it.',
    ].join('\n'),
    rewind: 'Rewind',
    goOn: 'Go on',
    done: 'The story is paused. Nobody is told that it was you. It goes on when you, or whoever leads the story, press **Go on** there.',
    already: 'This story is paused already. It goes on when whoever paused or leads it presses **Go on**.',
    over: '▶️ The story goes on. Write here to play.',
    notPaused: 'This story is not paused any more. Write in its thread to play.',
    notYours:
      'Whoever paused this story, whoever started it, or a moderator lets it go on. There is no hurry; talk to each other.',
    isPaused:
      'This story is paused, so nothing is told in it now. `/pause` shows how it goes on; meanwhile `/rewind`, `/undo` and `/boundaries` work.',
    notTakenIn:
      'This story is paused, so this was not taken in. Once it goes on, write what you want to have in it.',
  },
}
