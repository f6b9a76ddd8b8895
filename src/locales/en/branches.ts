const count = (number: number, one: string, many: string): string =>
  number === 1 ? `1 ${one}` : `${number} ${many}`

const ago = (minutes: number): string => {
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${Math.floor(minutes)} min ago`
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`
  return `${Math.floor(minutes / (24 * 60))} days ago`
}

/** What Skein says about a story's branches, about how they differ, and about beginning anew. */
export const branchTexts = {
  branch: {
    about: 'The branches of this story: other ways that it can go',
    create: 'Try another way, in a thread of its own',
    list: 'Show the branches of this story',
    tree: 'Draw which branch left which, and where',
    switch: 'Go to another branch',
    rename: 'Give a branch another name',
    delete: 'Take a branch away; nothing of it is lost',
    diff: 'Show how two branches differ',
    fromHere: 'Branch from here',
    option: {
      name: 'What the branch is called',
      description: 'What it tries, in a sentence',
      turn: 'After which turn it begins; without one, after the newest',
      here: 'Whether this thread goes on with it, instead of a thread of its own',
      which: 'Which branch',
      newName: 'What it is called from now on',
      newDescription: 'What it tries; without one, that stays as it is',
      one: 'Which branch; without one, this one',
      other: 'With which it is compared; without one, the branch that it left',
      switchHere: 'Whether this thread shows it, instead of a thread of its own',
    },
    /** The branch that every story begins on, until someone names it. */
    main: 'Main',
    nameless: 'Nameless',
    threadName: (title: string, name: string) => `${title} · ${name}`,
    form: {
      heading: (turn: number) => `Branch after turn ${turn}`,
      name: 'Name',
      nameHint: 'Mira stays',
      description: 'What it tries',
      descriptionHint: 'What if she does not take the boat?',
    },

    notPlaying:
      'Branches are for those who play in this story. Write a line in its thread, or run `/persona set`; then try again.',
    notYours:
      'Only whoever started this story, or a moderator, can do this. Ask one of them; `/branch create` without `here` is open to all who play.',
    badName: 'A branch needs a name of 1 to 60 characters. Nothing was changed.',
    taken: (name: string) =>
      `This story has a branch **${name}** already. Nothing was changed; choose another name.`,
    none: 'This story has no branches.',
    unknown: (typed: string, names: string) =>
      `No branch is called “${typed}”. The branches of this story: ${names}.`,
    several: (typed: string, names: string) => `“${typed}” could be each of these: ${names}. Write it out.`,
    elsewhere: 'This thread tells another branch by now. Run the command again.',
    gone: 'This branch is no longer there. `/branch list` shows those that are.',

    created: (name: string, thread: string) => `**${name}** begins in ${thread}.`,
    createdHere: (name: string) =>
      `**${name}** begins here. \`/branch switch\` leads back to the branch that this thread told before.`,
    leads: (who: string, name: string, turn: number, thread: string) =>
      `🌿 ${who} began the branch ${name} after turn ${turn}: ${thread}`,
    saidAnew: (link: string) => `What is answered here, as it reads now: ${link}`,
    leftFrom: (name: string, turn: number, thread: string) =>
      `🌿 This is the branch ${name}. It left ${thread} after turn ${turn}.`,
    shownAgain: (name: string, thread: string) =>
      `🌿 This is the branch ${name}. The way here was ${thread}.`,
    opens: (who: string, name: string, thread: string) => `🌿 ${who} opened the branch ${name}: ${thread}`,
    beganHere: (who: string, name: string, turn: number) =>
      `🌿 ${who} began the branch ${name} here, after turn ${turn}. What is struck through belongs to another branch.`,
    switchedHere: (who: string, name: string) =>
      `🌿 ${who} switched this thread to the branch ${name}. What is struck through belongs to another branch.`,
    movedAway: (name: string, thread: string) =>
      `🌿 The branch ${name} goes on in ${thread}. Nobody answers here any more.`,
    isIn: (name: string, thread: string) => `**${name}** is told in ${thread}.`,
    opened: (name: string, thread: string) => `**${name}** goes on in ${thread}.`,
    switched: (name: string) => `This thread tells **${name}** now.`,
    alreadyHere: (name: string) => `This thread tells **${name}** already.`,
    renamed: (before: string, after: string) => `**${before}** is called **${after}** now.`,
    described: (name: string) => `**${name}** has its new description.`,

    heading: (branches: number) => `**${count(branches, 'branch', 'branches')}**`,
    entry: (name: string, parts: readonly string[]) => `**${name}** · ${parts.join(' · ')}`,
    turns: (turns: number) => count(turns, 'turn', 'turns'),
    here: 'this thread',
    noThread: 'in no thread',

    treeFile: 'branches.png',
    afterTurn: (turn: number) => `after turn ${turn}`,
    youAreHere: 'you are here',
    deleted: 'deleted',
    ago,
    leftOut: (branches: number) =>
      `${count(branches, 'branch is', 'branches are')} not drawn; \`/branch list\` has all of them.`,

    rootStays:
      'The branch that the story began on cannot be deleted. `/story delete` takes the whole story away.',
    shownHere:
      'This thread tells that branch. Go to another one with `/branch switch`, then delete it there.',
    askDelete: (name: string) =>
      `**Delete the branch ${name}?**\nNothing of it is lost: it can be brought back. Branches that left it stay.`,
    deleteButton: 'Delete it',
    isDeleted: (name: string) => `**${name}** is deleted. Nothing of it is lost.`,
    undo: 'Undo',
    threadFreed: (who: string, name: string) =>
      `🌿 ${who} deleted the branch ${name}. Nobody answers here any more; nothing of it is lost.`,
    isBack: (name: string, thread: string | undefined) =>
      thread === undefined
        ? `**${name}** is back. \`/branch switch\` opens a thread for it.`
        : `**${name}** is back, in ${thread}.`,
    threadBack: (who: string, name: string) => `🌿 ${who} brought the branch ${name} back. It goes on here.`,
  },

  diff: {
    oneAlone: 'There is nothing to compare this branch with: it left no other one. Name two branches.',
    same: 'These are one and the same branch. Choose two.',
    parts: (one: string, other: string, turn: number) =>
      turn === 0
        ? `**${one}** and **${other}** have no turn in common.`
        : `**${one}** and **${other}** have all in common up to turn ${turn}.`,
    sides: (one: string, other: string) => `On the left of ⇄ stands **${one}**, on the right **${other}**.`,
    alike: 'Nothing else differs.',
    happened: (name: string) => `What happened in ${name}`,
    nothingHappened: 'Nothing since.',
    turn: (turn: number, words: string) => `Turn ${turn}: ${words}`,
    moreTurns: (turns: number) => `… and ${count(turns, 'more turn', 'more turns')}.`,
    row: (label: string, one: string, other: string) => `**${label}**: ${one} ⇄ ${other}`,
    only: (label: string, side: string, words: string) =>
      `**${label}**, only in ${side}${words && `: ${words}`}`,
    nothing: 'nothing',
    file: 'diff.md',
    inFile: 'The rest stands in the file.',
    allShown: 'You see everything, because you started this story or moderate this server.',
    ownShown:
      'You see what the one you play perceived, feels and knows. Whoever started this story sees all.',
    section: {
      premise: 'The story',
      cast: 'Cast',
      scene: 'Scene',
      places: 'Places',
      activities: 'What they do',
      clock: 'Time',
      edges: 'Feelings',
      facts: 'Known facts',
      pins: 'Always in mind',
    },
    premise: { title: 'Title', premise: 'What it is about' },
    sceneNumber: 'Scene',
    scene: (number: number, isOpen: boolean) =>
      number === 0 ? 'none yet' : `${number}, ${isOpen ? 'open' : 'closed'}`,
    field: (thing: string, field: string) => `${thing} · ${field}`,
    pair: (from: string, to: string) => `${from} to ${to}`,
    feelings: (affinity: number, trust: number, summary: string) =>
      `affinity ${affinity}, trust ${trust}${summary && ` (${summary})`}`,
  },

  reset: {
    about: 'Begin anew: the whole story, or one character (asks twice)',
    what: '“story” for all of it, or a character’s name',
    story: 'story',
    wholeStory: 'everything begins anew',
    heading: (what: string) => `Begin anew: ${what}`,
    wholeHeading: 'Begin the whole story anew',
    confirm: 'Type the name to confirm',
    confirmTitle: 'Type the story’s title to confirm',
    wrong: (typed: string, wanted: string) =>
      `“${typed}” is not **${wanted}**. Nothing was changed; run \`/reset\` again and type it as it stands there.`,
    doneStory:
      'The story begins anew: memories, feelings, what they do, the scene and the time are as at the beginning. Who is in it, its places and its opening stay. `/undo` takes this back at any time.',
    doneCharacter: (name: string) =>
      `**${name}** begins anew: what they remembered, felt and did is gone. Who they are stays. \`/undo\` takes this back at any time.`,
    dividerStory: (who: string) =>
      `🌅 ${who} let the story begin anew. Nobody in it knows what stands above, but for its opening.`,
    dividerCharacter: (who: string, name: string) =>
      `🌅 ${who} let ${name} begin anew. They know nothing of what stands above, but for the opening.`,
    refused: {
      unknown_entity: 'This character is no longer in the story. Nothing was changed.',
      malformed: 'Nothing was changed: it was not clear what should begin anew. Run `/reset` again.',
    },
  },
}
