import './before-paint.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { makeQueryClient } from './data.ts'
import { LanguageProvider } from './i18n/language.tsx'
import { makeRouter } from './routes.tsx'
import { Theme } from './theme/Theme.tsx'

// A tab from before an upgrade asks for files that are gone: load the new application, but never in a circle.
const reloaded = 'assay-reloaded'
window.addEventListener('vite:preloadError', (event) => {
  if (sessionStorage.getItem(reloaded) === window.location.pathname) return
  sessionStorage.setItem(reloaded, window.location.pathname)
  event.preventDefault()
  window.location.reload()
})

const place = document.getElementById('root')
if (!place) throw new Error('the page has no #root')

createRoot(place).render(
  <StrictMode>
    <Theme>
      <LanguageProvider>
        <QueryClientProvider client={makeQueryClient()}>
          <RouterProvider router={makeRouter()} />
        </QueryClientProvider>
      </LanguageProvider>
    </Theme>
  </StrictMode>,
)
