/** Why a story was not taken in from a file, and what to do next. Nothing was changed then. */
export const bundleFaults = {
  not_a_bundle:
    'This is no story that Skein exported, so nothing was imported. Choose the file that `/story export` gave you, as it is.',
  cut: 'The end of this file is missing, so nothing was imported. Download it once more, all of it, then try again.',
  altered:
    'This file has changed since it was exported, so nothing was imported. Download it once more, or export the story again.',
  too_new:
    'A newer Skein exported this story, so nothing was imported. Ask whoever runs Skein here to update it, then try again.',
  too_large:
    'This story is larger than a file can bring in, so nothing was imported. Ask whoever runs Skein to move it with a backup.',
  malformed:
    'Something in this file cannot have come from Skein, so nothing was imported. Export the story again where it was told, and bring that file.',
}
