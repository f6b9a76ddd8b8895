// Plain JavaScript, so that a Node too old for the program can still read it and say so.
const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 24) {
  console.error(
    `Skein needs Node 24, and this is ${process.version}. Use: npm ci && npm start (they bring their own).`,
  )
  process.exit(1)
}
await import('./src/main.ts')
