/** What a browser may show in its place, by the type under which a file is kept. Never markup, never a program. */
export function previewOf(mediaType: string): 'image' | 'pdf' | 'text' | null {
  if (['image/png', 'image/jpeg', 'image/gif', 'image/webp'].includes(mediaType)) return 'image'
  if (mediaType === 'application/pdf') return 'pdf'
  return ['text/plain', 'text/csv', 'application/json'].includes(mediaType) ? 'text' : null
}
