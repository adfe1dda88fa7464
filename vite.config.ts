import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The server serves the result at /app/ (src/server/static.ts); /, /en/ and /ja/ are the public page's.
export default defineConfig({
  root: 'src/web',
  base: '/app/',
  plugins: [react()],
  build: { outDir: '../../dist/web', emptyOutDir: true, assetsDir: 'assets' },
})
