import { open } from 'node:fs/promises'

const sync = async (path: string, flags: string): Promise<void> => {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Resolves when what was written to a file is on the disk. */
export const syncFile = (path: string): Promise<void> => sync(path, 'r+')

/** Resolves when the names in a directory are on the disk. Windows has no way to ask for it. */
export const syncDirectory = async (path: string): Promise<void> => {
  if (process.platform !== 'win32') await sync(path, 'r')
}
