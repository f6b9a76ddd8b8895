const counted = (number: number, one: string, many: string): string =>
  number === 1 ? `1 ${one}` : `${number} ${many}`

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`

/** What Skein says about stories as a whole: listing them, taking one along, setting it aside, taking it away. */
export const storyTexts = {
  stories: {
    export: 'Get this story as a file, with all of its branches',
    import: 'Bring in a story from a file, in a new thread',
    importFile: 'A file that `/story export` made',
    archive: 'Set this story aside: it takes in no messages until it is taken up again',
    unarchive: 'Take this story up again',
    delete: 'Take this story away (asks twice)',

    notYours:
      'Only whoever started this story, or a moderator, can do this. Ask one of them; `/branch create` tries another way in a thread of its own.',
    notYoursToDelete:
      'Only whoever started this story, or someone with the Manage Server permission, can do this. Ask one of them.',
    adminsOnly: 'Only someone with the Manage Server permission can bring a story back. Ask one of them.',
    gone: 'This story is no longer there. Nothing was changed.',

    exported: (title: string, bytes: number) =>
      `**${title}**, with all of its branches: ${mebibytes(bytes)}. \`/story import\` brings it in, here or on another server.`,
    tooLargeToSend: (bytes: number, limit: number) =>
      `This story’s file has ${mebibytes(bytes)}, and Discord takes ${mebibytes(limit)} here. An admin can take it from a backup.`,

    imported: (title: string, turns: number, branches: number, thread: string) =>
      `**${title}** goes on in ${thread}: ${turns === 1 ? '1 turn' : `${turns} turns`}${branches > 1 ? `, and ${branches - 1} more ${branches === 2 ? 'branch' : 'branches'} in no thread yet. \`/branch list\` shows them` : ''}.`,
    importedFrom: (who: string, file: string) => `📦 ${who} brought this story in from the file ${file}.`,
    tooLargeToRead: (limit: number) =>
      `The file is too large: a story’s file has at most ${mebibytes(limit)}. Nothing was brought in.`,
    noDownload: 'The file could not be fetched from Discord. Nothing was brought in; try again in a moment.',

    archived: (title: string) =>
      `**${title}** is set aside, and takes in no messages. \`/story unarchive\` takes it up again.`,
    archivedLine: (who: string) =>
      `🗄️ ${who} set this story aside. Nobody answers here until \`/story unarchive\` takes it up again.`,
    alreadyArchived: 'This story is set aside already. `/story unarchive` takes it up again.',
    isArchived:
      'This story is set aside, so this was not taken in. Whoever started it can take it up again with `/story unarchive`.',
    unarchived: (title: string) => `**${title}** is taken up again.`,
    unarchivedLine: (who: string) => `🗃️ ${who} took this story up again. It goes on here.`,
    notArchived: 'This story is not set aside. Nothing was changed.',

    deleteHeading: 'Delete the whole story',
    deleteConfirm: 'Type the story’s title to confirm',
    wrongTitle: (typed: string, title: string) =>
      `“${typed}” is not **${title}**. Nothing was deleted; run \`/story delete\` again and type it as it stands there.`,
    deleted: (title: string) =>
      `**${title}** is deleted. Nothing of it is lost: someone with the Manage Server permission can bring it back with the button in its thread.`,
    deletedLine: (who: string) =>
      `🗑️ ${who} deleted this story. Nobody answers here any more. Someone with the Manage Server permission can bring it back.`,
    restore: 'Bring it back',
    restoredLine: (who: string) => `${who} brought this story back. It goes on here.`,
    threadTaken: 'This thread tells another story by now. Nothing was changed.',
  },

  list: {
    empty: 'No stories yet. Run `/story start` to begin one.',
    heading: (stories: number) => `**${counted(stories, 'story', 'stories')}**`,
    entry: (place: string, turns: number, branches: number) =>
      [place, counted(turns, 'turn', 'turns'), ...(branches > 1 ? [`${branches} branches`] : [])].join(' · '),
    untold: 'Nothing has been told yet.',

    threadDeleted: 'its thread was deleted',
    askForThread:
      'Where a thread was deleted, whoever started the story, or a moderator, can open a new one from this list.',
    switchToOpen: '`/branch switch` opens a new thread for a branch whose thread was deleted.',
    reopen: 'Tell a story in a new thread',
    notYoursToReopen:
      'Only whoever started this story, or a moderator, can tell it in a new thread. Ask one of them.',
    stale: 'This story is no longer in the list. Run `/story list` again.',
    isThere: (thread: string) => `This story’s thread is there: ${thread}. Nothing was changed.`,
    missingPermissions: (channel: string, names: readonly string[]) =>
      `The new thread belongs in ${channel}, and there I still need: ${names.join(', ')}. Ask an admin to allow them, then choose the story again.`,
    reopened: (title: string, thread: string) => `**${title}** goes on in ${thread}.`,
    reopenedLine: (who: string) =>
      `🗃️ ${who} opened this thread, for the one before was deleted. The story goes on here.`,
  },
}
