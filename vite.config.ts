import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = 'http://localhost:4600'

// The server serves the result at /app/ (src/server/static.ts); /, /en/ and /ja/ are the public page's.
export default defineConfig({
  root: 'src/web',
  base: '/app/',
  plugins: [react()],
  // The validator weighs more than most pages and judges nothing here.
  resolve: { alias: { zod: fileURLToPath(new URL('src/web/no-validator.ts', import.meta.url)) } },
  server: { proxy: { '/api': server, '/en': server, '/ja': server, '/page': server } },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // Not `assets`: that is the address of a page.
    assetsDir: 'files',
    // Nothing is inlined: the content policy allows fonts and styles from the own origin only, not from `data:`.
    assetsInlineLimit: 0,
    target: 'es2023',
    modulePreload: { polyfill: false },
    manifest: true,
    rolldownOptions: {
      // Schemas stand beside pure rules and are built at import; the browser needs the rules, never the validator.
      treeshake: { manualPureFunctions: ['z', 'recordType', 'localText', 'plainText', 'lineText'] },
    },
  },
})
