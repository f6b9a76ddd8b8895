/** A file's content in base64, as it goes over the socket. Rejects when the file cannot be read any more. */
export const toBase64 = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.onerror = () => reject(new Error(`“${file.name}” could not be read. Choose it again.`))
    reader.readAsDataURL(file)
  })

/** Files by option name, as a command carries them. */
export const encoded = async (
  files: Readonly<Record<string, File>>,
): Promise<Record<string, { name: string; data: string }>> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(files).map(
        async ([option, file]) => [option, { name: file.name, data: await toBase64(file) }] as const,
      ),
    ),
  )
